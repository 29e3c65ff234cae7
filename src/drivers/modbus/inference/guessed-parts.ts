import type { GuessedPart, GuessedParts } from '../../probe-report.js'
import type { ByteOrder } from '../register-type.js'
import type { Answer } from './choose-answers.js'
import { nameOfType } from './describe-answer.js'
import { isWholeNumber } from './favour-of-hints.js'
import type { Scale } from './find-scale.js'
import { confidenceOf } from './infer-blocks.js'
import type { KnownKind } from './known-kind.js'
import { seenOf } from './not-available.js'
import type { Weighed } from './part-device.js'
import { READING_TYPES } from './reading-kind.js'

/** What a thing that resembles something is taken for. */
const SURE_OF_KIND = 0.75
const CERTAIN = 0.99
const CLOCK_SCALE = { says: '×1', confidence: SURE_OF_KIND, why: 'a field of date and time' } as const

/** The parts of an answer one by one: a type may be plain where its scale is not known at all. */
export function partsOf(answer: Answer, scale: Scale | undefined, resemblance: KnownKind | undefined): GuessedParts {
  const { best } = answer
  const kin = answer.here.filter((other) => baseOf(other) === baseOf(best))
  const isNumber = best.type !== 'string' && best.type !== 'bits' && best.type !== 'junk' && seenOf(best.values).length > 0
  const sign = isWholeNumber(best) && isNumber && !best.type.startsWith('bcd') ? { sign: signOf(answer) } : {}
  const wordOrder = isNumber && best.width > 1 ? { wordOrder: orderPart(best, kin, WORDS) } : {}
  return {
    type: typePart(answer),
    ...sign,
    ...wordOrder,
    ...(best.type === 'bits' || best.type === 'junk' || answer.clock ? {} : { byteOrder: orderPart(best, kin, BYTES) }),
    ...(isNumber ? { scale: answer.clock ? CLOCK_SCALE : scalePart(best, scale) } : {}),
    ...kindPart(answer, resemblance),
  }
}

/** The type without its sign. */
function baseOf({ type }: Weighed): string {
  return type.replace(/^u/, '')
}

function typePart(answer: Answer): GuessedPart {
  const { best, same, mass } = answer
  const alike = [best, ...same].filter((each) => baseOf(each) === baseOf(best)).reduce((sum, { posterior }) => sum + posterior, 0)
  const rivals = [
    ...new Set(
      same.filter((each) => baseOf(each) !== baseOf(best)).map(({ type }) => (type === 'bits' ? 'a bit field' : nameOfType(type))),
    ),
  ]
  const width = READING_TYPES[best.type].width
  const says = best.type === 'bits' ? 'bit field' : best.type === 'junk' ? null : nameOfType(best.type)
  return {
    says,
    confidence: round(confidenceOf(answer) * (mass > 0 ? Math.min(1, alike / mass) : 0)),
    why:
      rivals.length > 0
        ? `${rivals.slice(0, 2).join(' and ')} would read the same numbers`
        : `of all that these registers could be, the share of what reads like this${width > 1 ? ', in its company' : ''}`,
  }
}

function signOf({ best, sign }: Answer): GuessedPart {
  if (sign) return { says: sign.says, confidence: round(sign.confidence), why: sign.why }
  const says = best.type.startsWith('u') ? 'unsigned' : 'signed'
  const isBelowZero = seenOf(best.values).some((value) => value < 0)
  return { says, confidence: CERTAIN, why: isBelowZero ? 'it went below zero' : 'with a sign it would read otherwise' }
}

const WORDS = { says: ['high word first', 'low word first'], isTurned: (order: ByteOrder) => order === 'cdab' || order === 'dcba' } as const
const BYTES = { says: ['high byte first', 'low byte first'], isTurned: (order: ByteOrder) => order === 'badc' || order === 'dcba' } as const

/** How much of what this type could be here lies in this order of words or bytes. */
function orderPart(best: Weighed, kin: readonly Weighed[], order: typeof WORDS | typeof BYTES): GuessedPart {
  const isTurned = order.isTurned(best.order)
  const own = kin.filter((other) => order.isTurned(other.order) === isTurned)
  const others = kin.filter((other) => order.isTurned(other.order) !== isTurned)
  const [agreeing, total] = [sumOf(own), sumOf(own) + sumOf(others)]
  const readsSame = others.some(
    (other) => other.width === best.width && other.values.length > 0 && other.values.join(' ') === best.values.join(' '),
  )
  return {
    says: order.says[isTurned ? 1 : 0],
    confidence: round(Math.min(CERTAIN, total > 0 ? agreeing / total : 0)),
    why: readsSame
      ? 'the other way round it reads the same; this is the order of the values around it'
      : others.length === 0
        ? 'the other way round it makes no sense'
        : 'magnitude, movement and the values around it',
  }
}

function sumOf(all: readonly Weighed[]): number {
  return all.reduce((sum, { posterior }) => sum + posterior, 0)
}

function scalePart(best: Weighed, scale: Scale | undefined): GuessedPart {
  if (scale) return { says: `×${scale.scale}`, confidence: scale.confidence, why: scale.ground }
  return isWholeNumber(best)
    ? { says: null, confidence: 0, why: 'nothing shows its scale' }
    : { says: '×1', confidence: SURE_OF_KIND, why: 'floating-point numbers carry their own decimal point' }
}

function kindPart({ best, clock }: Answer, resemblance: KnownKind | undefined): { readonly kind?: GuessedPart } {
  if (clock) return { kind: { says: 'date and time', confidence: SURE_OF_KIND, why: `${clock.width} registers make a date that exists` } }
  if (best.type === 'bits') return { kind: { says: 'state', confidence: SURE_OF_KIND, why: 'few bits are set, and each for itself' } }
  if (best.type === 'string' || best.type === 'junk' || seenOf(best.values).length === 0) return {}
  return {
    kind: resemblance
      ? { says: resemblance.kind, confidence: SURE_OF_KIND, why: resemblance.text }
      : { says: null, confidence: 0, why: 'it resembles nothing that is known' },
  }
}

function round(share: number): number {
  return Math.round(share * 100) / 100
}
