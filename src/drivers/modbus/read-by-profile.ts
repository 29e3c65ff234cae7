import type { DeviceProfile, ProfileRegister } from '../../profiles/device-profile.js'
import type { Point } from '../probe-report.js'
import { formatModbusAddress, type ModbusPoint, parseModbusPoint, widthOf } from './address.js'
import type { ChosenProfile } from './choose-profile.js'
import type { Target } from './medium.js'
import type { Span } from './pdu.js'
import { type Answer, describeAnswer } from './read-span.js'
import { type Decoded, decodeRegisters } from './register-codec.js'
import { isBitTable, TABLES } from './register-type.js'

/** What a device offers by its profile. */
export interface ProfiledPoints {
  readonly points: readonly Point[]
  readonly warnings: readonly string[]
}

type Device = Target & { readonly unit: number }

/** Registers between two wanted ones that are read along rather than asked for apart. */
const MOST_READ_ALONG = 8
const SHOWN_NAMES = 6

/**
 * Reads all registers of a profile and gives them the names, types and units that it says; what does not answer, or not as the profile expects, is a warning.
 * @throws DriverFault CONNECTION_LOST
 */
export async function readByProfile(
  { profile, why, confidence, others }: ChosenProfile,
  device: Device,
  read: (span: Span) => Promise<Answer>,
): Promise<ProfiledPoints> {
  const answers = await readRegisters(profile, read)
  const values = new Map<string, Decoded>()
  const mute: string[] = []
  for (const register of profile.registers) {
    const answer = answers.get(register)
    const decoded = answer instanceof Uint16Array ? decodeRegisters(answer, register) : undefined
    if (decoded) values.set(register.name, decoded)
    else
      mute.push(`${register.name} (${register.table} ${register.address}: ${typeof answer === 'string' ? answer : 'holds no such value'})`)
  }
  const grounds = `by profile ${profile.key} (${describeOrigin(profile)}), chosen because ${why}`
  const points = profile.registers.flatMap((register): Point[] => {
    const decoded = values.get(register.name)
    return decoded ? [pointOf(device, register, { decoded, confidence, grounds })] : []
  })
  return {
    points,
    warnings: [
      ...(others.length === 0 ? [] : [`${list(others)} fit as well; --profile NAME takes another than ${profile.key}`]),
      ...(mute.length === 0
        ? []
        : [`${mute.length} of ${profile.registers.length} registers of profile ${profile.key} gave no value: ${list(mute)}`]),
      ...doubtsOf(profile, values),
    ],
  }
}

/** Points that say nothing of the registers that a profile names: those are known already. */
export function besideProfile(points: readonly Point[], { registers }: DeviceProfile): readonly Point[] {
  const named = new Set(registers.flatMap((register) => placesOf(register.table, register.address, widthOf(register))))
  return points.filter(({ address }) => {
    const point = parseModbusPoint(address)
    return !placesOf(point.table, point.register, widthOf(point)).some((place) => named.has(place))
  })
}

function placesOf(table: string, from: number, width: number): readonly string[] {
  return Array.from({ length: width }, (_, index) => `${table} ${from + index}`)
}

/** `shipped, not tried on hardware`, in words. */
export function describeOrigin({ origin, triedOnHardware }: DeviceProfile): string {
  const whose = origin.kind === 'own' ? `your own, ${origin.path}` : 'shipped'
  return `${whose}${triedOnHardware === 'no' ? ', not tried on hardware' : ''}`
}

/** Where a register of a profile lies on a device. */
export function placeOnDevice(device: Device, register: ProfileRegister): ModbusPoint {
  const { table, address, type, order, scale, offset, bit, length } = register
  return { ...device, table, register: address, type, order, scale, offset, bit, length }
}

function pointOf(
  device: Device,
  register: ProfileRegister,
  { decoded, confidence, grounds }: { readonly decoded: Decoded; readonly confidence: number; readonly grounds: string },
): Point {
  const { table, type, order, scale, name, kind, unit, description } = register
  const isText = type === 'string' || decoded.text !== null
  return {
    address: formatModbusAddress(placeOnDevice(device, register)),
    name,
    kind,
    type,
    order: isBitTable(table) ? null : order,
    scale,
    unit,
    value: isText ? decoded.text : type === 'boolean' ? decoded.value !== 0 : Number(decoded.value.toPrecision(12)),
    confidence,
    alternatives: [],
    evidence: description === null ? grounds : `${description}; ${grounds}`,
  }
}

/** Ranges and sums that do not come out. */
function doubtsOf(profile: DeviceProfile, values: ReadonlyMap<string, Decoded>): readonly string[] {
  const outside = profile.registers.flatMap(({ name, range, unit }) => {
    const value = values.get(name)?.value
    if (value === undefined || range === null || (value >= range.low && value <= range.high)) return []
    return [
      `${name} is ${Number(value.toPrecision(7))} ${unit ?? ''}`.trim() +
        `, outside ${range.low} to ${range.high} of profile ${profile.key}`,
    ]
  })
  const sums = profile.checks.flatMap(({ name, sumOf, is, within }) => {
    const parts = sumOf.map((part) => values.get(part)?.value)
    const total = values.get(is)?.value
    if (total === undefined || parts.some((part) => part === undefined)) return []
    const sum = parts.reduce<number>((all, part) => all + (part ?? 0), 0)
    if (Math.abs(sum - total) <= within * Math.max(Math.abs(sum), Math.abs(total))) return []
    return [
      `check '${name}' of profile ${profile.key} does not hold: ${sumOf.join(' + ')} is ${Number(sum.toPrecision(6))}, ${is} is ${Number(total.toPrecision(6))}`,
    ]
  })
  return [...outside, ...sums]
}

type Block = Span & { readonly registers: readonly ProfileRegister[] }

/** The words of each register, or why there are none. A block that is refused is read register by register. */
async function readRegisters(
  profile: DeviceProfile,
  read: (span: Span) => Promise<Answer>,
): Promise<ReadonlyMap<ProfileRegister, Uint16Array | string>> {
  const found = new Map<ProfileRegister, Uint16Array | string>()
  for (const block of blocksOf(profile)) {
    const answer = await read(block)
    if (answer.kind === 'values') for (const register of block.registers) found.set(register, wordsOf(register, block.from, answer.values))
    else if (block.registers.length === 1 || answer.kind === 'silence')
      for (const register of block.registers) found.set(register, describeAnswer(answer))
    else
      for (const register of block.registers) {
        const alone = await read({ table: register.table, from: register.address, quantity: widthOf(register) })
        found.set(register, alone.kind === 'values' ? alone.values : describeAnswer(alone))
      }
  }
  return found
}

function wordsOf(register: ProfileRegister, from: number, values: Uint16Array): Uint16Array {
  return values.slice(register.address - from, register.address - from + widthOf(register))
}

function blocksOf({ registers, maxBlock }: DeviceProfile): readonly Block[] {
  const blocks: Block[] = []
  for (const register of [...registers].sort((a, b) => a.table.localeCompare(b.table) || a.address - b.address)) {
    const end = register.address + widthOf(register)
    const last = blocks.at(-1)
    const largest = Math.min(maxBlock, TABLES[register.table].largestRequest)
    const isNear =
      last?.table === register.table && register.address <= last.from + last.quantity + MOST_READ_ALONG && end - last.from <= largest
    if (last && isNear)
      blocks[blocks.length - 1] = { ...last, quantity: Math.max(last.quantity, end - last.from), registers: [...last.registers, register] }
    else blocks.push({ table: register.table, from: register.address, quantity: end - register.address, registers: [register] })
  }
  return blocks
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).join(', ')
  return names.length > SHOWN_NAMES ? `${shown} and ${names.length - SHOWN_NAMES} more` : shown
}
