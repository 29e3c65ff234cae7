import { follow, type JsonPointer } from './json-pointer.js'

/** A payload that is no JSON, no number and no waveform block. */
export const NOT_JSON = Symbol('not JSON')

/** Numbers that people write and JSON does not allow: `+21.5`, `.5`, `021`. */
const LOOSE_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const MAX_NUMBER_LENGTH = 64

/** Parses a payload as JSON or as a plain number; NOT_JSON where it is neither. */
export function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return numberOf(text) ?? NOT_JSON
  }
}

/** The finite number that a text spells; undefined where it spells something else. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.length <= MAX_NUMBER_LENGTH ? text.trim() : ''
  const number = LOOSE_NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN
  return Number.isFinite(number) ? number : undefined
}

/** The digits of an integer beyond ±2^53, exactly as they stand in the payload; null where they cannot be had. */
export function exactDigitsOf(text: string, pointer: JsonPointer): string | null {
  type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown
  const keepDigits: Reviver = (_, value, context) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? (context?.source ?? null) : value
  try {
    const digits = follow(JSON.parse(text, keepDigits), pointer)
    return typeof digits === 'string' && /^-?\d+$/.test(digits) ? digits : null
  } catch {
    return null
  }
}
