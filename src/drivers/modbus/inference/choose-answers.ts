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

/** A value that is below an eighth of its range is far from its end. */
const FAR_FROM_END_BITS = 3
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
    const ranked = members.toSorted((a, b) => b.posterior - a.posterior)
    const best = safestSign(ranked)
    const same = ranked.filter((other) => other !== best)
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

/**
 * Of readings that give the same numbers, the likeliest; but where only the sign is open, the one that is likelier to stay right: what goes up and down and is far
 * from the end of its range will sooner pass zero than that end.
 */
function safestSign(ranked: readonly Weighed[]): Weighed {
  const [best] = ranked as [Weighed, ...Weighed[]]
  const signed = ranked.find(({ type, order }) => type === best.type.slice(1) && order === best.order)
  if (!best.type.startsWith('uint') || !signed) return best
  const steps = best.values.slice(1).map((value, index) => value - (best.values[index] ?? 0))
  const goesBothWays = steps.some((step) => step > 0) && steps.some((step) => step < 0)
  return goesBothWays && Math.max(...best.values) < 2 ** (16 * best.width - FAR_FROM_END_BITS) ? signed : best
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
