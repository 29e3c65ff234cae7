import type { DeviceProfile, Recognition, SignatureRegister } from '../../profiles/device-profile.js'
import type { ProfileChoice } from '../../profiles/profile-choice.js'
import { widthOf } from './address.js'
import type { SelfDescription } from './identify.js'
import type { Span } from './pdu.js'
import type { Answer } from './read-span.js'
import { type Decoded, decodeRegisters } from './register-codec.js'

/** A profile that fits a device, and the reason. */
export interface ChosenProfile {
  readonly profile: DeviceProfile
  readonly why: string
  /** 1 where the device itself or a person says so; less where only values are as they should be. */
  readonly confidence: number
  /** Further profiles that fit. */
  readonly others: readonly string[]
}

interface Match {
  readonly profile: DeviceProfile
  readonly why: string
  readonly confidence: number
  /** Conditions that held; the more, the less by chance. */
  readonly conditions: number
}

/** Only values in their ranges: likely, no proof. */
const LIKELY = 0.9
/** Questions that recognition may cost; a slow line has better things to do. */
const MOST_QUESTIONS = 120
/** A unit that stays silent that often is left alone. */
const MOST_SILENCES = 2

/**
 * Finds the profile of a device: by what somebody wants, by what it says of itself, by registers that hold what they must.
 * @throws DriverFault CONNECTION_LOST
 */
export async function chooseProfile(
  { candidates, wanted }: ProfileChoice,
  device: { readonly self: SelfDescription; readonly read: (span: Span) => Promise<Answer> },
): Promise<ChosenProfile | null> {
  if (wanted) return { profile: wanted, why: 'somebody asked for it', confidence: 1, others: [] }
  const look = registerLook(device.read)
  const matches: Match[] = []
  for (const profile of candidates) {
    const match = await matchOf(profile, device.self, look)
    if (match) matches.push(match)
  }
  const [best, ...others] = matches.sort(byStrength)
  return best ? { ...best, others: others.map(({ profile }) => profile.key) } : null
}

function byStrength(a: Match, b: Match): number {
  const own = (match: Match): number => Number(match.profile.origin.kind === 'own')
  return b.confidence - a.confidence || own(b) - own(a) || b.conditions - a.conditions
}

type Look = (register: SignatureRegister) => Promise<Decoded | undefined>

async function matchOf(profile: DeviceProfile, self: SelfDescription, look: Look): Promise<Match | null> {
  let best: Match | null = null
  for (const recognition of profile.recogniseBy) {
    const match = await recognise(recognition, self, look)
    if (match && (best === null || match.confidence > best.confidence)) best = { profile, ...match }
  }
  return best
}

async function recognise(
  { identity, serverId, signature }: Recognition,
  self: SelfDescription,
  look: Look,
): Promise<Omit<Match, 'profile'> | null> {
  const grounds: string[] = []
  if (identity) {
    const isMaker = contains(self.identity?.maker, identity.maker)
    const isModel = contains(self.identity?.model, identity.model) || contains(self.facts['ProductCode'], identity.model)
    if (!isMaker || !isModel) return null
    grounds.push(`it calls itself ${[self.identity?.maker, self.identity?.model].filter((part) => part).join(' ')} (function 43/14)`)
  }
  if (serverId !== null) {
    if (!contains(self.facts['ServerId'], serverId)) return null
    grounds.push(`it answers function 17 with ${self.facts['ServerId']}`)
  }
  let isProven = grounds.length > 0
  for (const register of signature) {
    const found = await look(register)
    if (!found || !holds(register, found)) return null
    grounds.push(`${register.table} ${register.address} holds ${found.text ?? shown(found.value)}`)
    // A zero stands in half of all registers: it proves nothing.
    if (register.equals !== null && register.equals !== 0) isProven = true
  }
  return grounds.length === 0 ? null : { why: grounds.join('; '), confidence: isProven ? 1 : LIKELY, conditions: grounds.length }
}

function contains(text: string | null | undefined, part: string | null): boolean {
  return part === null || (text ?? '').toLowerCase().includes(part.toLowerCase())
}

function holds({ equals, between }: SignatureRegister, { value, text }: Decoded): boolean {
  if (typeof equals === 'string') return (text ?? '').toLowerCase().startsWith(equals.toLowerCase())
  if (equals !== null) return Math.abs(value - equals) <= 1e-6 * Math.max(1, Math.abs(equals))
  return between !== null && value >= between.low && value <= between.high
}

function shown(value: number): string {
  return String(Number(value.toPrecision(7)))
}

/** Reads each register once, however many profiles ask for it. */
function registerLook(read: (span: Span) => Promise<Answer>): Look {
  const seen = new Map<string, Answer>()
  let silences = 0
  return async (register) => {
    const span: Span = { table: register.table, from: register.address, quantity: widthOf(register) }
    const key = `${span.table} ${span.from} ${span.quantity}`
    let answer = seen.get(key)
    if (!answer) {
      if (silences >= MOST_SILENCES || seen.size >= MOST_QUESTIONS) return undefined
      answer = await read(span)
      seen.set(key, answer)
      if (answer.kind === 'silence') silences++
    }
    return answer.kind === 'values' ? decodeRegisters(answer.values, register) : undefined
  }
}
