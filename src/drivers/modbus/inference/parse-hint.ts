import { unitOf } from '../../../readings/unit.js'
import { DriverFault } from '../../fault.js'
import { tableOfRegisterNumber } from '../register-number.js'
import type { Hint, Place } from './hint.js'

/** A sentence longer than this is no hint. */
const LONGEST = 200
/** Digits, with points, commas, blanks or apostrophes among them. */
const NUMBER = /(?<![\p{L}\p{N}_])[-+\u2212]?\d+(?:[.,'\u2019\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?/gu

/**
 * Reads what somebody knows of a device: `40011=23.4 °C`, `holding/10=23.4`, `40011=x0.1` (its scale), `scale=0.1` (of all whole numbers),
 * or a sentence with a number in it, `reads 23.4 °C on the display`.
 * @throws DriverFault MODBUS_HINT
 */
export function parseHint(text: string): Hint {
  if (text.length > LONGEST) throw unclear(text, `it is longer than ${LONGEST} characters`)
  const [, left, right] = /^\s*([\w/]+)\s*=\s*(.*)$/.exec(text) ?? []
  if (left === undefined || right === undefined) return valueHint(text, text, null)
  if (left === 'scale') return scaleHint(text, right, null)
  const place = placeOf(left)
  if (!place) throw unclear(text, `'${left}' is no register: expected a number such as 40011, holding/10 or input/10`)
  return /^[x×*]/.test(right) ? scaleHint(text, right.slice(1), place) : valueHint(text, right, place)
}

function valueHint(text: string, said: string, place: Place | null): Hint {
  const found = [...said.matchAll(NUMBER)].map((match) => ({
    digits: match[0],
    unit: unitAfter(said.slice(match.index + match[0].length)),
  }))
  if (found.length === 0) throw unclear(text, 'there is no number in it')
  // `display 2 reads 23.4 °C`: what has a unit was read, else what has decimals.
  const withUnit = found.filter(({ unit }) => unit !== null)
  const [only, ...others] = withUnit.length > 0 ? withUnit : found.length > 1 ? found.filter(({ digits }) => /[.,]/.test(digits)) : found
  if (!only || others.length > 0) throw unclear(text, `several numbers stand in it: ${found.map(({ digits }) => digits).join(', ')}`)
  const plain = plainDigits(only.digits)
  if (plain === undefined) throw unclear(text, `'${only.digits}' may be a thousand or a fraction; write it with a point for decimals only`)
  return { kind: 'value', place, value: Number(plain), decimals: plain.split('.')[1]?.length ?? 0, unit: only.unit }
}

function unitAfter(rest: string): string | null {
  const after = /^\s*([^\s\d.,;]+)/.exec(rest)?.[1]
  return (after === undefined ? undefined : unitOf(after)?.symbol) ?? null
}

/** `1.234,5`, `1,234.5`, `1 234.5` and `1234,5` are the same; `1,234` alone is left to whoever wrote it. */
function plainDigits(written: string): string | undefined {
  const digits = written.replace('\u2212', '-').replaceAll(/['\u2019\u00a0\u202f ]/g, '')
  const [points, commas] = [digits.split('.').length - 1, digits.split(',').length - 1]
  if (points > 0 && commas > 0) {
    const thousands = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? ',' : '.'
    return digits.replaceAll(thousands, '').replace(',', '.')
  }
  if (points > 1) return digits.replaceAll('.', '')
  if (commas > 1) return digits.replaceAll(',', '')
  return /^[-+]?[1-9]\d{0,2},\d{3}$/.test(digits) ? undefined : digits.replace(',', '.')
}

function scaleHint(text: string, said: string, place: Place | null): Hint {
  const scale = said.trim() === '' ? Number.NaN : Number(said)
  if (!Number.isFinite(scale) || scale === 0) throw unclear(text, `'${said}' is no scale`)
  return { kind: 'scale', place, scale }
}

function placeOf(text: string): Place | undefined {
  const numbered = tableOfRegisterNumber(text)
  if (numbered) return numbered.table === 'holding' || numbered.table === 'input' ? { ...numbered, table: numbered.table } : undefined
  const [, table, register] = /^(holding|input)\/(\d{1,5})$/.exec(text) ?? []
  return (table === 'holding' || table === 'input') && Number(register) <= 65_535 ? { table, register: Number(register) } : undefined
}

function unclear(text: string, because: string): DriverFault {
  return new DriverFault('MODBUS_HINT', {
    message: `cannot make anything of the hint '${text.slice(0, LONGEST)}'`,
    because,
    advice: { example: '40011=23.4' },
    retry: false,
  })
}
