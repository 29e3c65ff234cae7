import type { Point } from '../../probe-report.js'
import { formatModbusAddress, type ModbusPoint } from '../address.js'
import type { Target } from '../medium.js'
import type { SampledRange } from '../sample-ranges.js'
import type { Block, RegisterTable } from './candidate.js'
import { type Answer, textAt } from './choose-answers.js'
import { alternativesOf, asWritten, doubtOf, groundsOf, nameOfType, readsAlsoOf } from './describe-answer.js'
import { isWholeNumber } from './favour-of-hints.js'
import { findScale, type Grounds, type KnownFloat, mainsTriples, resemblanceOf, type Scale } from './find-scale.js'
import { partsOf } from './guessed-parts.js'
import type { Hint } from './hint.js'
import { confidenceOf, inferBlocks, STATED_FROM } from './infer-blocks.js'
import { seenOf } from './not-available.js'
import { type Told, whoWasRead } from './who-was-read.js'

type Device = Target & { readonly unit: number }

/** A decimal point that is nowhere shown leaves a number as it stands. */
const UNSHOWN = { scale: 1, confidence: 1, ground: 'nothing shows its scale' } as const

export interface Inference {
  readonly points: readonly Point[]
  /** What became of hints that no value took, and of registers that say nothing. */
  readonly remarks: readonly string[]
}

/** Of a scale at which a value agrees with what was read. */
const SURE_OF_DISPLAY = 0.97

/**
 * What the registers of a device seem to hold; registers that hold nothing but fillers are left out. Where nothing speaks for one reading
 * more than for another it says so, and offers the others.
 */
export function inferRegisters(device: Device, ranges: readonly SampledRange[], hints: readonly Hint[] = []): readonly Point[] {
  return inferWithRemarks(device, ranges, hints).points
}

/** As `inferRegisters`, with what is to be said beside the points. */
export function inferWithRemarks(device: Device, ranges: readonly SampledRange[], hints: readonly Hint[]): Inference {
  const blocks = ranges.map(({ table, from, samples }): Block => ({ table: table as RegisterTable, from, samples }))
  const parted = inferBlocks(blocks, hints).map((answers, index) => ({ answers, block: blocks[index] as Block }))
  const floats = parted.flatMap(({ answers, block }) => answers.flatMap((answer) => floatOf(answer, block)))
  const { told, remarks } = whoWasRead(parted, hints)
  const unused = new Set(parted.flatMap(({ answers }) => unusedAmong(answers)))
  const points = parted.flatMap(({ answers, block }) => {
    const triples = mainsTriples(answers)
    return answers.flatMap((answer) =>
      isZero(answer) || unused.has(answer) ? [] : pointOf(device, { answer, triples, block }, { floats, hints, told }),
    )
  })
  const empty = unused.size === 0 ? [] : [`${unused.size} registers in long runs say "no value" and are left out`]
  return { points, remarks: [...remarks, ...empty] }
}

/** More of the same "no value" side by side than this is memory that is not in use. */
const MOST_ABSENT = 8

function isZero({ best, clock }: Answer): boolean {
  return !clock && best.type !== 'string' && best.values.every((value) => value === 0)
}

function isAbsent({ best }: Answer): boolean {
  return best.type !== 'string' && seenOf(best.values).length === 0
}

function unusedAmong(answers: readonly Answer[]): readonly Answer[] {
  const unused: Answer[] = []
  for (let first = 0; first < answers.length; ) {
    const end = first + answers.slice(first).findIndex((answer) => !isAbsent(answer))
    const run = answers.slice(first, end < first ? answers.length : end)
    if (run.length > MOST_ABSENT) unused.push(...run)
    first += Math.max(1, run.length)
  }
  return unused
}

function floatOf(answer: Answer, { table, from }: Block): readonly KnownFloat[] {
  const { type, values, at } = answer.best
  return type === 'float32' && confidenceOf(answer) >= STATED_FROM ? [{ place: `${table} ${from + at}`, values }] : []
}

interface Sight {
  readonly answer: Answer
  /** Phases of one mains among the answers of the block. */
  readonly triples: readonly (readonly Answer[])[]
  readonly block: Block
}

function pointOf(device: Device, sight: Sight, known: Grounds & { readonly told: ReadonlyMap<Answer, Told> }): Point {
  const { answer, triples, block } = sight
  const { best } = answer
  const told = known.told.get(answer)
  const scale = told ? toldBy(told) : findScale(answer, sight, known)
  const settled = scale ?? UNSHOWN
  const isOpen = !scale && best.type !== 'bits' && isWholeNumber(best) && !answer.clock && !isAbsent(answer)
  const point: ModbusPoint = {
    ...device,
    table: block.table,
    register: block.from + best.at,
    type: typeNamed(answer, block),
    order: best.order,
    scale: settled.scale,
    offset: 0,
    bit: null,
    length: best.type === 'string' ? best.width : 1,
  }
  const confidence = Math.min(confidenceOf(answer), settled.confidence)
  const resemblance = resemblanceOf(answer, triples)
  const readsAlso = readsAlsoOf(answer, block)
  const grounds = [
    confidence < STATED_FROM ? doubtOf(answer, block) : undefined,
    ...groundsOf(answer, block),
    answer.sign && `${answer.sign.says}, as ${answer.sign.why}`,
    scale ? scale.ground : resemblance?.text,
    isOpen ? UNSHOWN.ground : undefined,
  ]
  return {
    address: formatModbusAddress(point),
    name: null,
    kind: best.type === 'bits' ? 'state' : 'other',
    type: point.type,
    order: point.order,
    scale: point.scale,
    ...(isOpen ? { scaleIs: 'unknown' as const } : {}),
    unit: told?.hint.unit ?? null,
    value: valueOf(answer, block, point.scale),
    ...(isAbsent(answer) ? { valueIs: 'not-available' as const } : {}),
    confidence: Math.round(confidence * 100) / 100,
    ...(readsAlso.length > 0 ? { readsAlso } : {}),
    parts: partsOf(answer, scale, resemblance),
    alternatives: alternativesOf(answer, block),
    evidence: grounds.filter((ground) => ground !== undefined).join('; '),
  }
}

function toldBy({ hint, scale }: Told): Scale {
  return { scale, confidence: SURE_OF_DISPLAY, ground: `you read ${hint.value}${hint.unit ? ` ${hint.unit}` : ''}` }
}

function valueOf({ best }: Answer, block: Block, scale: number): Point['value'] {
  if (best.type === 'string') return textAt(block, best)
  const raw = seenOf(best.values).at(-1)
  return raw === undefined ? null : asWritten(best.type, scaled(raw, scale))
}

/** A register that only ever said "no value" is of the type that says it so. */
function typeNamed({ best }: Answer, { samples }: Block): ModbusPoint['type'] {
  if (best.type !== 'spare') return nameOfType(best.type)
  return samples[0]?.[best.at] === 0xffff ? 'uint16' : 'int16'
}

function scaled(raw: number, scale: number): number {
  return scale < 1 ? raw / Math.round(1 / scale) : raw * scale
}
