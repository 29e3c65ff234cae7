import { decodeRegisters } from '../register-codec.js'
import type { Block } from './candidate.js'
import type { Weighed } from './part-device.js'

/** Readings of the same registers that give the same numbers: they differ in name only, so far. */
export interface Answer {
  readonly best: Weighed
  /** 0–1: of all that is conceivable, the share of what reads like this. */
  readonly mass: number
  /** Others that would read the same, e.g. int16 where nothing negative was seen; the likeliest first. */
  readonly same: readonly Weighed[]
  /** Others that touch these registers and read otherwise; the likeliest first. */
  readonly losers: readonly Weighed[]
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
    answers.push({ ...group, losers: losersOf(group, places) })
    at += group.best.width
  }
  return answers
}

type Group = Omit<Answer, 'losers'>

function groupsOf(block: Block, here: readonly Weighed[]): readonly Group[] {
  return [...Map.groupBy(here, (candidate) => sightOf(block, candidate)).values()].map((members) => {
    const [best, ...same] = members.toSorted((a, b) => b.posterior - a.posterior) as [Weighed, ...Weighed[]]
    return {
      best,
      mass: Math.min(
        1,
        members.reduce((sum, { posterior }) => sum + posterior, 0),
      ),
      same,
    }
  })
}

/** What a reader sees: registers and numbers, or the text without what pads it. */
export function sightOf(block: Block, { type, at, width, order, values }: Weighed): string {
  return type === 'string' ? `text ${textAt(block, { at, width, order })}` : `${width} ${values.join(' ')}`
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
