import type { Point, PointAlternative } from '../contract.js'
import { formatModbusAddress, type ModbusPoint } from './address.js'
import type { Target } from './connect.js'
import { type FloatReading, shortest } from './evidence-float.js'
import { findScale, type KnownFloat } from './find-scale.js'
import { decodeRegisters } from './register-codec.js'
import type { ByteOrder } from './register-type.js'
import type { SampledRange } from './sample-ranges.js'
import { segmentRegisters, usualOrder } from './segment.js'
import type { Segment } from './segment-option.js'

type Device = Target & { readonly unit: number }
type Of<Kind extends Segment['kind']> = Extract<Segment, { kind: Kind }>

/** Below this lead over the next best reading nobody can say which of them it is. */
const SURE_BITS = 3
/** A believable magnitude in good company is no proof: arbitrary registers have that too, one in eight. */
const UNPROVEN_CONFIDENCE = 0.6

/** What the registers of a device seem to hold. Where nothing speaks for anything it says so, and offers the alternatives. */
export function inferRegisters(device: Device, ranges: readonly SampledRange[]): readonly Point[] {
  const usual = usualOrder(ranges)
  const orderOf = (range: SampledRange): ByteOrder | null => usualOrder([range]) ?? usual
  const parted = ranges.map((range) => ({ range, segments: segmentRegisters(range, orderOf(range)) }))
  const floats = parted.flatMap(({ range, segments }) =>
    segments.flatMap((segment): readonly KnownFloat[] =>
      segment.kind === 'float' && segment.margin >= SURE_BITS
        ? [{ place: `${range.table} ${range.from + segment.at}`, values: segment.float.values }]
        : [],
    ),
  )
  return parted.flatMap(({ range, segments }) => segments.flatMap((segment) => pointOf(device, range, segment, floats) ?? []))
}

function pointOf(device: Device, range: SampledRange, segment: Segment, floats: readonly KnownFloat[]): Point | undefined {
  const place = { ...device, table: range.table, register: range.from + segment.at }
  switch (segment.kind) {
    case 'zero':
      return undefined
    case 'text':
      return textPoint(place, segment, range)
    case 'float':
      return floatPoint(place, segment)
    case 'single':
      return singlePoint(place, segment, floats)
  }
}

type Place = Pick<ModbusPoint, 'host' | 'port' | 'unit' | 'table' | 'register'>

const PLAIN = { order: 'abcd', scale: 1, offset: 0, bit: null, length: 1 } as const

function textPoint(place: Place, { at, length }: Of<'text'>, { samples }: SampledRange): Point {
  const point: ModbusPoint = { ...place, ...PLAIN, type: 'string', length }
  const text = decodeRegisters(samples[0].subarray(at, at + length), point)?.text ?? null
  return {
    ...common(point),
    kind: 'other',
    value: text,
    confidence: 0.8,
    alternatives: [],
    evidence: `${length} registers in a row hold nothing but readable characters`,
  }
}

function floatPoint(place: Place, segment: Of<'float'>): Point {
  const { float, rivals, margin } = segment
  const isSure = margin >= SURE_BITS
  const confidence = isSure ? Math.min(float.isOnlyBelievable ? UNPROVEN_CONFIDENCE : 0.97, 1 - 0.5 * 2 ** (-margin / 4)) : 0.4
  const evidence = `${float.grounds.join('; ')}${isSure ? '' : '; but another order, or a place one register off, is nearly as likely'}`
  return {
    ...common({ ...place, ...PLAIN, type: 'float32', order: float.order }),
    kind: 'other',
    value: shortest(float.values.at(-1) ?? 0),
    confidence: rounded(confidence),
    alternatives: rivals.map((rival) => floatAlternative(rival, `has less to show: ${rival.grounds.join('; ')}`)),
    evidence,
  }
}

function singlePoint(place: Place, { single, rivals }: Of<'single'>, floats: readonly KnownFloat[]): Point {
  const raw = single.values.at(-1) ?? 0
  const twin = findScale(single.values, floats)
  const base: ModbusPoint = { ...place, ...PLAIN, type: single.type, scale: twin?.scale ?? 1 }
  const evidence = [twin?.ground, single.signGround].filter((ground) => ground !== null && ground !== undefined)
  return {
    ...common(base),
    kind: 'other',
    value: shortest(raw * base.scale),
    confidence: twin?.confidence ?? (single.signGround === null ? 0.2 : 0.5),
    alternatives: [
      ...signAlternative(single.type, raw),
      ...rivals.map((rival) => floatAlternative(rival, 'with the next register; too little speaks for it')),
    ],
    evidence:
      evidence.length > 0
        ? evidence.join('; ')
        : 'cannot tell, because a register by itself is only a number: nothing shows its sign, its scale or whether it belongs to a neighbour',
  }
}

function signAlternative(type: 'int16' | 'uint16', value: number): readonly PointAlternative[] {
  if (type === 'int16') return value < 0 ? [{ type: 'uint16', order: 'abcd', value: value + 65_536, why: 'without a sign' }] : []
  return value > 32_767 ? [{ type: 'int16', order: 'abcd', value: value - 65_536, why: 'with a sign; it has not been seen near zero' }] : []
}

function floatAlternative({ order, values }: FloatReading, why: string): PointAlternative {
  return { type: 'float32', order, value: shortest(values.at(-1) ?? 0), why }
}

function common(point: ModbusPoint): Pick<Point, 'address' | 'name' | 'type' | 'order' | 'scale' | 'unit'> {
  return { address: formatModbusAddress(point), name: null, type: point.type, order: point.order, scale: point.scale, unit: null }
}

function rounded(confidence: number): number {
  return Math.round(confidence * 100) / 100
}
