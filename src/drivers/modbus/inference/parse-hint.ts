import { unitOf } from '../../../readings/unit.js'
import { DriverFault } from '../../fault.js'
import { tableOfRegisterNumber } from '../register-number.js'
import type { Hint, Place } from './hint.js'

/** A sentence longer than this is no hint. */
const LONGEST = 200
const NUMBER = /[-+]?\d+(?:[.,]\d+)?/

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
  const found = NUMBER.exec(said)
  if (!found) throw unclear(text, 'there is no number in it')
  const digits = found[0].replace(',', '.')
  const after = /^\s*([^\s\d.,;]+)/.exec(said.slice(found.index + found[0].length))?.[1]
  const unit = after === undefined ? undefined : unitOf(after)?.symbol
  return { kind: 'value', place, value: Number(digits), decimals: digits.split('.')[1]?.length ?? 0, unit: unit ?? null }
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
