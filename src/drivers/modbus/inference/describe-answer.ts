import type { PointAlternative } from '../../probe-report.js'
import type { Block } from './candidate.js'
import { type Answer, textAt } from './choose-answers.js'
import { describeClock } from './clock-likelihood.js'
import { describeAbsence, seenOf } from './not-available.js'
import type { Weighed } from './part-device.js'
import { READING_TYPES, type ReadingType } from './reading-kind.js'
import { isDecimal } from './real-number-likelihood.js'

const MOST_ALTERNATIVES = 4
const MOST_DECIMALS = 3
/** Below this a rival is not worth a word. */
const WORTH_TELLING = 0.01
const LEAST_KIN = 1e-6

/** As a float32 prints it with seven digits, which is all that it has. */
export function shortest(value: number): number {
  return Number(value.toPrecision(7))
}

/** A number with the digits that its type has; a scale of a tenth leaves no dust behind. */
export function asWritten(type: ReadingType, value: number): number {
  return type === 'float32' ? shortest(value) : Number(value.toPrecision(15))
}

/** What a type is called in an address; a register of flags is read as a number. */
export function nameOfType(type: ReadingType): Exclude<ReadingType, 'bits' | 'clock' | 'spare' | 'junk'> {
  return type === 'bits' || type === 'clock' || type === 'spare' || type === 'junk' ? 'uint16' : type
}

/** What speaks for an answer, in words. */
export function groundsOf(answer: Answer, block: Block): readonly string[] {
  const { type, values: all, width } = answer.best
  if (type === 'string') return [`${width} registers in a row hold nothing but readable characters`]
  const values = seenOf(all)
  if (values.length === 0) return [absenceOf(answer, block)]
  if (type === 'bits') return ['looks like a bit field: few bits are set, and each for itself']
  if (answer.clock) return [`one of ${answer.clock.width} registers that read as date and time, ${describeClock(answer.clock.shown)}`]
  const grounds = [movementOf(type, values)]
  if (values.length < all.length) grounds.push(`${absenceOf(answer, block)} in ${all.length - values.length} of ${all.length} samples`)
  const digits = type === 'float32' ? 24 : type === 'float64' ? 53 : null
  const decimals = digits === null ? -1 : [0, 1, 2, MOST_DECIMALS].find((each) => values.every((value) => isDecimal(value, each, digits)))
  if (decimals !== undefined && decimals >= 0) grounds.push(`a round decimal (${shortest(values.at(-1) ?? 0)})`)
  if (type.startsWith('bcd')) grounds.push('every digit is a decimal one')
  if (type === 'int16' && values.some((value) => value < 0)) grounds.push(signGround(values))
  const others = readsAlsoOf(answer, block)
  if (others.length > 0) grounds.push(`${others.join(' and ')} would read the same so far`)
  return grounds
}

/** The registers that say "no value", in the first sample where they do. */
function absenceOf({ best }: Answer, { samples }: Block): string {
  const round = best.values.findIndex((value) => Number.isNaN(value))
  return describeAbsence(samples[round]?.subarray(best.at, best.at + best.width) ?? new Uint16Array(0))
}

/** Other names for what gives the same numbers: another type in these registers, or one register of them where the others are 0. */
export function readsAlsoOf({ best, same }: Answer, { table, from, samples }: Block): readonly string[] {
  const own = nameOfType(best.type)
  const named = same
    .filter(({ type, posterior }) => posterior > LEAST_KIN && nameOfType(type) !== own)
    .map(({ type, order }) => (order === best.order ? nameOfType(type) : `${nameOfType(type)} ${order}`))
  const places = Array.from({ length: best.width }, (_, index) => best.at + index)
  const used = places.filter((at) => samples.some((sample) => sample[at] !== 0))
  const [only] = used
  const isNarrow =
    /^u?int(32|64)$/.test(best.type) &&
    used.length === 1 &&
    only !== undefined &&
    samples.every((sample, round) => sample[only] === best.values[round])
  return [...new Set(isNarrow ? [...named, `uint16 at ${table}/${from + only}`] : named)]
}

function movementOf(type: ReadingType, values: readonly number[]): string {
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0))
  if (values.length < 2) return 'seen once'
  if (steps.every((step) => step === 0)) return 'it stood still'
  if (steps.every((step) => step >= 0) && !type.startsWith('float')) return 'it only rises'
  const size = Math.max(...values.map(Math.abs))
  const largest = Math.max(...steps.map(Math.abs))
  return `it moves by at most ${largest < 0.001 * size ? 'a thousandth' : `${Number(((largest / size) * 100).toPrecision(1))} %`} at a time`
}

function signGround(values: readonly number[]): string {
  return values.some((value) => value >= 0)
    ? 'it crosses zero smoothly when read with a sign, and leaps from 0 to 65535 without'
    : 'without a sign it would stand close to its largest value, 65535'
}

/** The losing candidates, and why they lost. */
export function alternativesOf({ best, same, losers }: Answer, block: Block): readonly PointAlternative[] {
  const worthTelling = same.filter(({ posterior, type }) => posterior > WORTH_TELLING && nameOfType(type) !== nameOfType(best.type))
  // A register of flags goes by the name of a number.
  const kin = [...Map.groupBy(worthTelling, ({ type, order }) => `${nameOfType(type)} ${order}`).values()].flatMap(([first]) => first ?? [])
  return [
    ...kin.map((other) => alternative(other, block, `reads the same so far (${percent(other.posterior)})`)),
    ...losers.map((other) => alternative(other, block, `${whyLost(other, best, block)} (${percent(other.posterior)})`)),
  ].slice(0, MOST_ALTERNATIVES)
}

function alternative(candidate: Weighed, block: Block, why: string): PointAlternative {
  const value = candidate.type === 'string' ? textAt(block, candidate) : lastOf(candidate)
  return { type: nameOfType(candidate.type), order: candidate.order, value, why }
}

function lastOf({ type, values }: Weighed): number | null {
  const last = seenOf(values).at(-1)
  return last === undefined ? null : asWritten(type, last)
}

/** What a rival has against it, from what was seen. */
function whyLost(other: Weighed, best: Weighed, block: Block): string {
  if (other.type === 'junk') return 'nothing that means anything'
  if (other.type === 'spare') return 'this register is not in use'
  const place = other.at === best.at ? '' : `from ${block.table} ${block.from + other.at} on: `
  const values = seenOf(other.values)
  if (values.length === 0 && other.type !== 'string') return `${place}what stands there would mean "no value"`
  if (other.width !== best.width && values.length > 0 && values.join(' ') === best.values.join(' '))
    return `${place}reads the same so far, as the register beside it is 0`
  const size = Math.max(...values.map(Math.abs), 0)
  const jump = Math.max(0, ...values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? 0))))
  if (size > 0 && jump > 0.3 * size) return `${place}it would leap about`
  if (other.type.startsWith('float') && size > 0 && (size < 1e-3 || size > 1e7))
    return `${place}an unusual magnitude (${shortest(other.values.at(-1) ?? 0)})`
  if (other.width < best.width) return `${place}the registers beside it would be values of their own`
  if (other.width > best.width) return `${place}together with registers beside it; these are likelier by themselves`
  return other.order === best.order ? `${place}less likely in this company` : `${place}the values around it lie in another order`
}

function percent(share: number): string {
  return share < 0.01 ? 'less than 1 %' : `${Math.round(share * 100)} %`
}

/** Why nobody can say, for an answer that is not stated. */
export function doubtOf({ best, losers }: Answer, block: Block): string {
  if (best.type === 'junk') return 'cannot tell, because it leaps about from sample to sample: part of something wider, perhaps, or noise'
  const [first] = losers
  const seen = seenOf(best.values)
  const hasMoved = seen.some((value) => value !== seen[0])
  const rival = first ? `${nameOfType(first.type)}${READING_TYPES[first.type].width > 1 ? ` ${first.order}` : ''}` : 'something else'
  const place = first && first.at !== best.at ? ` from ${block.table} ${block.from + first.at} on` : ''
  return `cannot tell, because ${hasMoved ? '' : 'it stood still and '}${rival}${place} is nearly as likely`
}
