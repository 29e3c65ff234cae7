import type { Point } from '../../contract.js'
import { formatModbusAddress, type ModbusPoint } from '../address.js'
import type { Target } from '../medium.js'
import type { SampledRange } from '../sample-ranges.js'
import type { Block, RegisterTable } from './candidate.js'
import { type Answer, textAt } from './choose-answers.js'
import { alternativesOf, doubtOf, groundsOf, nameOfType, shortest } from './describe-answer.js'
import { isWholeNumber, scalesFor } from './favour-of-hints.js'
import { findScale, type Grounds, type KnownFloat, resemblanceOf } from './find-scale.js'
import { agreeingScale, type Hint } from './hint.js'
import { confidenceOf, inferBlocks, STATED_FROM } from './infer-blocks.js'

type Device = Target & { readonly unit: number }

/** A decimal point that is nowhere shown leaves a number as it stands. */
const UNSHOWN = { scale: 1, confidence: 1, ground: 'nothing shows its scale' } as const

/**
 * What the registers of a device seem to hold; registers that hold nothing but fillers are left out. Where nothing speaks for one reading
 * more than for another it says so, and offers the others.
 */
export function inferRegisters(device: Device, ranges: readonly SampledRange[], hints: readonly Hint[] = []): readonly Point[] {
  const blocks = ranges.map(({ table, from, samples }): Block => ({ table: table as RegisterTable, from, samples }))
  const parted = inferBlocks(blocks, hints).map((answers, index) => ({ answers, block: blocks[index] as Block }))
  const floats = parted.flatMap(({ answers, block }) => answers.flatMap((answer) => floatOf(answer, block)))
  const told = whoWasRead(parted, hints)
  return parted.flatMap(({ answers, block }) =>
    answers.flatMap((answer) => (isFiller(answer) ? [] : pointOf(device, { answer, answers, block }, { floats, hints, told }))),
  )
}

function isFiller({ best }: Answer): boolean {
  return best.type === 'spare' || (best.type !== 'string' && best.values.every((value) => value === 0))
}

function floatOf(answer: Answer, { table, from }: Block): readonly KnownFloat[] {
  const { type, values, at } = answer.best
  return type === 'float32' && confidenceOf(answer) >= STATED_FROM ? [{ place: `${table} ${from + at}`, values }] : []
}

interface Sight {
  readonly answer: Answer
  readonly answers: readonly Answer[]
  readonly block: Block
}

type Told = ReadonlyMap<Answer, { readonly hint: Extract<Hint, { kind: 'value' }>; readonly scale: number }>

/** Answers that a value read on a display belongs to; where several read alike nobody knows which, and none gets it. */
function whoWasRead(parted: readonly Omit<Sight, 'answer'>[], hints: readonly Hint[]): Told {
  const found = new Map<Answer, { readonly hint: Extract<Hint, { kind: 'value' }>; readonly scale: number }>()
  for (const hint of hints) {
    if (hint.kind !== 'value') continue
    const agreeing = parted.flatMap(({ answers, block }) =>
      answers.flatMap((answer) => {
        if (hint.place && (hint.place.table !== block.table || hint.place.register !== block.from + answer.best.at)) return []
        const scale = isFiller(answer) ? undefined : agreeingScale(answer.best.values, hint, scalesFor(answer.best))
        return scale === undefined ? [] : [{ answer, scale }]
      }),
    )
    const [only, ...others] = agreeing
    if (only && others.length === 0) found.set(only.answer, { hint, scale: only.scale })
  }
  return found
}

function pointOf(device: Device, sight: Sight, known: Grounds & { readonly told: Told }): Point {
  const { answer, answers, block } = sight
  const { best } = answer
  const told = known.told.get(answer)
  const scale =
    told && isWholeNumber(best)
      ? { scale: told.scale, confidence: 0.97, ground: `you read ${told.hint.value}` }
      : findScale(answer, sight, known)
  const settled = scale ?? UNSHOWN
  const point: ModbusPoint = {
    ...device,
    table: block.table,
    register: block.from + best.at,
    type: nameOfType(best.type),
    order: best.order,
    scale: settled.scale,
    offset: 0,
    bit: null,
    length: best.type === 'string' ? best.width : 1,
  }
  const raw = best.values.at(-1) ?? 0
  const confidence = Math.min(confidenceOf(answer), settled.confidence)
  const isStated = confidence >= STATED_FROM
  const resemblance = scale ? undefined : resemblanceOf(answer, answers)?.text
  const toldGround = told && !isWholeNumber(best) ? `you read ${told.hint.value}` : undefined
  const grounds = [...groundsOf(answer), scale?.ground, toldGround, resemblance, isWholeNumber(best) && !scale ? UNSHOWN.ground : undefined]
  return {
    address: formatModbusAddress(point),
    name: null,
    kind: best.type === 'bits' ? 'state' : 'other',
    type: point.type,
    order: point.order,
    scale: point.scale,
    ...(isWholeNumber(best) && !scale ? { scaleIs: 'unknown' as const } : {}),
    unit: told?.hint.unit ?? null,
    value: best.type === 'string' ? textAt(block, best) : shortest(scaled(raw, point.scale)),
    confidence: Math.round(confidence * 100) / 100,
    alternatives: alternativesOf(answer, block),
    evidence: [isStated ? undefined : doubtOf(answer, block), ...grounds].filter((ground) => ground !== undefined).join('; '),
  }
}

function scaled(raw: number, scale: number): number {
  return scale < 1 ? raw / Math.round(1 / scale) : raw * scale
}
