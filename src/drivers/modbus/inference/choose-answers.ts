import { decodeRaw, decodeRegisters } from '../register-codec.js'
import type { Block } from './candidate.js'
import type { Weighed } from './part-device.js'

/** With or without a sign, how sure that is, and why. */
export interface Sign {
  readonly says: 'signed' | 'unsigned'
  /** 0–1. */
  readonly confidence: number
  readonly why: string
}

/** Readings of the same registers that give the same numbers: they differ in name only, so far. */
export interface Answer {
  readonly best: Weighed
  /** 0–1: of all that is conceivable, the share of what reads like this. */
  readonly mass: number
  /** Others that would read the same, e.g. int16 where nothing negative was seen; the likeliest first. */
  readonly same: readonly Weighed[]
  /** Others that touch these registers and read otherwise; the likeliest first. */
  readonly losers: readonly Weighed[]
  /** All readings that begin here. */
  readonly here: readonly Weighed[]
  /** Where it is a field of date and time: what the whole of them shows, in ms since 1970, and in how many registers. */
  readonly clock?: { readonly shown: number; readonly width: number }
  /** Where it reads the same with and without a sign. */
  readonly sign?: Sign
}

const MOST_LOSERS = 4
const SMALLEST_LOSER = 1e-4

/** The parting whose answers, weighed by the registers that they take, are most likely right. By rising place, without gaps. */
export function chooseAnswers(block: Block, places: readonly (readonly Weighed[])[]): readonly Answer[] {
  const grouped = places.map((here) => groupsOf(block, here))
  const best = new Array<{ readonly worth: number; readonly group: Group | undefined }>(places.length + 1).fill({
    worth: 0,
    group: undefined,
  })
  for (let at = places.length - 1; at >= 0; at--) {
    for (const group of grouped[at] ?? []) {
      const worth = group.mass * group.best.width + (best[at + group.best.width]?.worth ?? 0)
      const so = best[at]
      if (so?.group === undefined || worth > so.worth) best[at] = { worth, group }
    }
  }
  const answers: Answer[] = []
  for (let at = 0; at < places.length; ) {
    const group = best[at]?.group
    if (!group) break
    const answer = { ...group, losers: losersOf(group, places), here: places[at] ?? [] }
    answers.push(...(group.best.type === 'clock' ? fieldsOf(block, answer) : [answer]))
    at += group.best.width
  }
  return answers
}

type Group = Pick<Answer, 'best' | 'mass' | 'same'>

function groupsOf(block: Block, here: readonly Weighed[]): readonly Group[] {
  return [...Map.groupBy(here, (candidate) => sightOf(block, candidate)).values()].map((members) => {
    const [best, ...same] = members.toSorted((a, b) => b.posterior - a.posterior) as [Weighed, ...Weighed[]]
    const mass = members.reduce((sum, { posterior }) => sum + posterior, 0)
    return { best, mass: Math.min(1, mass), same }
  })
}

/** What a reader sees: registers and numbers, or the text without what pads it. */
function sightOf(block: Block, { type, at, width, order, values, digits }: Weighed): string {
  if (type === 'clock') return `${width} clock in ${digits ?? ''}`
  return type === 'string' ? `text ${textAt(block, { at, width, order })}` : `${width} ${values.join(' ')}`
}

/** A clock is as many values as it has registers. */
function fieldsOf(block: Block, answer: Answer): readonly Answer[] {
  const { best } = answer
  const type = best.digits ?? 'uint16'
  const clock = { shown: best.values.at(-1) ?? 0, width: best.width }
  return Array.from({ length: best.width }, (_, index): Answer => {
    const at = best.at + index
    const values = block.samples.map((sample) => Number(decodeRaw(sample.subarray(at, at + 1), type, 'abcd')))
    return { ...answer, best: { ...best, at, width: 1, type, values }, same: [], here: index === 0 ? answer.here : [], clock }
  })
}

export function textAt({ samples }: Block, { at, width, order }: Pick<Weighed, 'at' | 'width' | 'order'>): string {
  const registers = samples[0]?.subarray(at, at + width) ?? new Uint16Array(0)
  return decodeRegisters(registers, { type: 'string', order, scale: 1, offset: 0, bit: null })?.text ?? ''
}

function losersOf({ best, same }: Group, places: readonly (readonly Weighed[])[]): readonly Weighed[] {
  const kin = new Set([best, ...same])
  const end = best.at + best.width
  const LONGEST = 32
  return places
    .slice(Math.max(0, best.at - LONGEST), end)
    .flat()
    .filter((other) => other.posterior > SMALLEST_LOSER && !kin.has(other) && other.at + other.width > best.at)
    .toSorted((a, b) => b.posterior - a.posterior)
    .slice(0, MOST_LOSERS)
}
