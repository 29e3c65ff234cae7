// How well points that an inference states match the maps that they were inferred from. Decodes by itself (bench/inference.mjs runs this file by itself).
import type { GeneratedBlock, GeneratedMap, TruePoint } from './generated-map.js'

/** What the inference says of a place; a subset of a probe's point. */
export interface StatedPoint {
  readonly address: string
  readonly type: string
  readonly kind: string
  readonly order: string | null
  readonly scale: number
  readonly scaleIs?: 'unknown'
  readonly valueIs?: 'not-available'
  /** Names of other types that it says read the same numbers. */
  readonly readsAlso?: readonly string[]
  readonly parts?: { readonly scale?: { readonly why: string } }
  readonly value: number | string | boolean | null
  readonly confidence: number
}

/** One answer and what became of it. */
export interface Verdict {
  readonly map: string
  /** Null where the answer begins at no value of the map. */
  readonly truth: TruePoint | null
  readonly point: StatedPoint
  /** Reads what the truth reads, in every sample: same registers, same numbers. */
  readonly isRight: boolean
  /** By name too, the sign included. */
  readonly isSameName: boolean
  /** No other type of this width reads the same numbers in all samples: the name can be told from what was seen. */
  readonly isDistinguishable: boolean
  /** The true name is the one stated, or one that it says reads the same. */
  readonly isNamed: boolean
  /** A whole number with a scale, and no word about where that comes from. */
  readonly isScaleBare: boolean
  /** Null where no scale is claimed. */
  readonly isScaleRight: boolean | null
  /** It moved while it was watched, or is text. */
  readonly isInformed: boolean
}

/** One value of a map that is not zero throughout, and the answer that covers its first register. */
export interface Coverage {
  readonly truth: TruePoint
  readonly isInformed: boolean
  readonly point: StatedPoint | null
}

interface Place {
  readonly table: string
  readonly register: number
  readonly width: number
}

const WIDTHS: Readonly<Record<string, number>> = { int32: 2, uint32: 2, float32: 2, bcd32: 2, int64: 4, uint64: 4, float64: 4 }

/** Confronts all answers about a map with the map. */
export function scoreMap(
  map: GeneratedMap,
  points: readonly StatedPoint[],
): { readonly verdicts: readonly Verdict[]; readonly coverage: readonly Coverage[] } {
  const placed = points.map((point) => ({ point, place: placeOf(point) }))
  const verdicts = placed.map(({ point, place }) => verdictOf(map, point, place))
  const coverage = map.blocks.flatMap((block) =>
    block.points
      .filter((truth) => !isZero(block, truth))
      .map((truth): Coverage => {
        const start = block.from + truth.at
        const covering = placed.find(
          ({ place }) => place.table === block.table && place.register <= start && start < place.register + place.width,
        )
        return { truth, isInformed: isInformed(block, truth), point: covering?.point ?? null }
      }),
  )
  return { verdicts, coverage }
}

function verdictOf(map: GeneratedMap, point: StatedPoint, place: Place): Verdict {
  const block = map.blocks.find((each) => each.table === place.table && place.register >= each.from && place.register < endOf(each))
  const truth = block?.points.find(({ at }) => block.from + at === place.register) ?? null
  const seen = block === undefined ? NOWHERE : seenAt(block, truth, { point, place })
  const trueName = truth === null ? null : truth.type === 'bits' ? 'uint16' : truth.type
  const isSameName = seen.isRight && (point.type === trueName || truth?.type === 'absent')
  const isNamed = isSameName || (seen.isRight && trueName !== null && (point.readsAlso ?? []).includes(trueName))
  return { map: map.style, truth, point, ...seen, isSameName, isNamed, ...scaleOf(point, truth) }
}

const NOWHERE = { isRight: false, isDistinguishable: false, isInformed: false } as const

function seenAt(
  block: GeneratedBlock,
  truth: TruePoint | null,
  { point, place }: { readonly point: StatedPoint; readonly place: Place },
): Pick<Verdict, 'isRight' | 'isDistinguishable' | 'isInformed'> {
  const isRight =
    point.valueIs === 'not-available' ? isAbsent(block, place) : truth !== null && readsAlike(block, truth, { point, width: place.width })
  return {
    isRight,
    isDistinguishable: truth !== null && isDistinguishable(block, truth),
    isInformed: isInformed(block, truth ?? { at: place.register - block.from, width: place.width, type: 'spare' }),
  }
}

function scaleOf(point: StatedPoint, truth: TruePoint | null): Pick<Verdict, 'isScaleRight' | 'isScaleBare'> {
  const isScaled = /int|bcd/.test(point.type) && point.kind !== 'state' && point.valueIs === undefined && point.scaleIs === undefined
  return {
    isScaleRight: truth === null || !isScaled ? null : Math.abs(point.scale / truth.scale - 1) < 1e-9,
    isScaleBare: isScaled && !point.parts?.scale?.why,
  }
}

function placeOf({ address, type }: StatedPoint): Place {
  const [, table = '', register = ''] = /\/(holding|input)\/(\d+)/.exec(address) ?? []
  const length = Number(/length=(\d+)/.exec(address)?.[1] ?? 1)
  return { table, register: Number(register), width: type === 'string' ? length : (WIDTHS[type] ?? 1) }
}

function endOf(block: GeneratedBlock): number {
  return block.from + (block.samples[0]?.length ?? 0)
}

/** Whether nothing but what is not available stands there, however the maker parts it. */
function isAbsent(block: GeneratedBlock, { register, width }: Place): boolean {
  const [from, to] = [register - block.from, register - block.from + width]
  return block.points
    .filter(({ at, width: wide }) => at < to && at + wide > from)
    .every(({ type }) => type === 'absent' || type === 'spare')
}

type Stretch = Pick<TruePoint, 'at' | 'width' | 'type'>

function isInformed(block: GeneratedBlock, truth: Stretch): boolean {
  return truth.type === 'string' || new Set(wordsOf(block, truth).map((words) => words.join(' '))).size > 1
}

function isZero(block: GeneratedBlock, truth: Stretch): boolean {
  return wordsOf(block, truth).every((words) => words.every((word) => word === 0))
}

function wordsOf({ samples }: GeneratedBlock, { at, width }: Pick<TruePoint, 'at' | 'width'>): readonly (readonly number[])[] {
  return samples.map((sample) => [...sample.subarray(at, at + width)])
}

const RIVALS: Readonly<Record<number, readonly string[]>> = {
  1: ['uint16', 'int16', 'bcd16'],
  2: ['uint32', 'int32', 'bcd32', 'float32'],
  4: ['uint64', 'int64', 'float64'],
}

function isDistinguishable(block: GeneratedBlock, truth: TruePoint): boolean {
  if (truth.type === 'string' || truth.type === 'absent') return true
  const all = wordsOf(block, truth)
  // Flags are read as a number: whether they are flags is another question.
  const name = truth.type === 'bits' || truth.type === 'spare' ? 'uint16' : truth.type
  return (RIVALS[truth.width] ?? [])
    .filter((type) => type !== name)
    .every((type) => all.some((words) => numberOf(words, type, truth.order) !== numberOf(words, name, truth.order)))
}

function readsAlike(block: GeneratedBlock, truth: TruePoint, stated: { readonly point: StatedPoint; readonly width: number }): boolean {
  const { point, width } = stated
  if (truth.type === 'absent') return false
  if (truth.type === 'string' || point.type === 'string')
    return truth.type === point.type && point.value === textOf(wordsOf(block, truth)[0] ?? [], truth.order)
  if (width !== truth.width) return false
  return wordsOf(block, truth).every(
    (words) =>
      numberOf(words, truth.type === 'bits' ? 'uint16' : truth.type, truth.order) === numberOf(words, point.type, point.order ?? 'abcd'),
  )
}

function textOf(words: readonly number[], order: string): string {
  const bytes = words.flatMap((word) => (order === 'badc' ? [word & 255, word >> 8] : [word >> 8, word & 255]))
  return String.fromCharCode(...bytes)
    .replace(/\0.*$/s, '')
    .trimEnd()
}

function numberOf(words: readonly number[], type: string, order: string): string {
  const swapped = order === 'badc' || order === 'dcba' ? words.map((word) => ((word & 255) << 8) | (word >> 8)) : [...words]
  const ordered = order === 'cdab' || order === 'dcba' ? swapped.reverse() : swapped
  const hex = ordered.map((word) => word.toString(16).padStart(4, '0')).join('')
  if (type.startsWith('bcd')) return /^\d+$/.test(hex) ? String(BigInt(hex)) : 'none'
  const bits = ordered.length * 16
  if (type.startsWith('float')) {
    const view = new DataView(new ArrayBuffer(8))
    view.setBigUint64(0, BigInt(`0x${hex}`) << BigInt(64 - bits))
    return String(bits === 32 ? view.getFloat32(0) : view.getFloat64(0))
  }
  return String(type.startsWith('int') ? BigInt.asIntN(bits, BigInt(`0x${hex}`)) : BigInt(`0x${hex}`))
}
