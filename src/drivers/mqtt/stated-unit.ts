import { type Unit, unitOf } from '../../readings/unit.js'
import { TIME_KEYS } from './source-time.js'

type JsonObject = Readonly<Record<string, unknown>>

const UNIT_KEYS = ['unit', 'units', 'uom', 'engUnit'] as const
/** Names of a field that say nothing but "this is it". */
export const VALUE_KEYS: ReadonlySet<string> = new Set(['value', 'val', 'v', 'reading'])
const MAX_UNIT_LENGTH = 32
const MAX_SIBLINGS = 64

/**
 * The unit that an object states for one of its fields, as written: `temperature_unit` beside `temperature`, or `unit` beside
 * `value` or beside the only number. Undefined where none is stated, or where it could belong to another field.
 */
export function statedUnitOf(object: JsonObject, key: string): string | undefined {
  const own = textOf(object[`${key}_unit`]) ?? textOf(object[`${key}Unit`])
  if (own !== undefined) return own
  const shared = UNIT_KEYS.map((name) => textOf(object[name])).find((text) => text !== undefined)
  return shared !== undefined && (VALUE_KEYS.has(key) || isOnlyNumber(object, key)) ? shared : undefined
}

function isOnlyNumber(object: JsonObject, key: string): boolean {
  const names = Object.keys(object)
  if (names.length > MAX_SIBLINGS) return false
  return names.every((name) => name === key || typeof object[name] !== 'number' || (TIME_KEYS as readonly string[]).includes(name))
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MAX_UNIT_LENGTH ? value : undefined
}

/** The unit table's symbol for a stated unit, or the text as stated where the table does not know it. */
export function symbolOf(stated: string): string {
  return unitOf(stated)?.symbol ?? stated
}

/** `value in the wanted unit = value × factor + offset`. */
export interface UnitFit {
  readonly factor: number
  readonly offset: number
  /** The sender states another quantity than the sensor's: the value is passed on as it is, and doubted. */
  readonly isDoubtful: boolean
}

const SAME: UnitFit = { factor: 1, offset: 0, isDoubtful: false }

/** How a stated unit becomes the sensor's. Where either is unknown the site file is taken at its word. */
export function fitUnit(stated: string | undefined, wanted: string | null): UnitFit {
  if (stated === undefined || wanted === null || stated === wanted) return SAME
  const from = unitOf(stated)
  const to = unitOf(wanted)
  if (!from || !to || from === to) return SAME
  if (from.quantity !== to.quantity) return { ...SAME, isDoubtful: true }
  return linearFit(from, to)
}

function linearFit(from: Unit, to: Unit): UnitFit {
  return { factor: from.factor / to.factor, offset: (from.offset - to.offset) / to.factor, isDoubtful: false }
}
