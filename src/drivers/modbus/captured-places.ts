import type { CloneRange, CloneTable } from '../../clone/device-clone.js'

/** What single addresses of a table answered: a value, an exception, or nothing sound. */
export interface CapturedPlaces {
  readonly values: Map<number, number>
  readonly codes: Map<number, number>
  readonly silent: Set<number>
}

const ILLEGAL_ADDRESS = 2

/** The places of an earlier capture, to go on from; none where there is none. */
export function placesOf(earlier: CloneTable | null): CapturedPlaces {
  const places: CapturedPlaces = { values: new Map(), codes: new Map(), silent: new Set() }
  if (!earlier) return places
  const { ranges, lookedAt, exceptions, refusal } = earlier
  for (const { from, values } of ranges) values.forEach((value, index) => places.values.set(from + index, value))
  for (let at = lookedAt.from; at <= lookedAt.to; at++) if (!places.values.has(at)) places.codes.set(at, exceptions.get(at) ?? refusal)
  return places
}

/** A table without its largest request, as far as it was looked at. */
export function tableOf({ values, codes }: CapturedPlaces, lookedAt: CloneTable['lookedAt']): Omit<CloneTable, 'maxBlock'> {
  const refusal = commonest([...codes.values()]) ?? ILLEGAL_ADDRESS
  return {
    refusal,
    lookedAt,
    ranges: rangesOf(values),
    exceptions: new Map([...codes].filter(([, code]) => code !== refusal).sort(([a], [b]) => a - b)),
  }
}

function rangesOf(values: ReadonlyMap<number, number>): readonly CloneRange[] {
  const ranges: { from: number; values: number[] }[] = []
  for (const [at, value] of [...values].sort(([a], [b]) => a - b)) {
    const last = ranges.at(-1)
    if (last && last.from + last.values.length === at) last.values.push(value)
    else ranges.push({ from: at, values: [value] })
  }
  return ranges
}

function commonest(codes: readonly number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].sort(([a, seldom], [b, often]) => often - seldom || a - b)[0]?.[0]
}
