import { cellsOf, numberOf } from './columns.js'
import { keyValuesOf } from './key-value.js'
import { readNmea } from './nmea.js'
import { nmeaValuesOf } from './nmea-values.js'
import { readNumber } from './number-text.js'
import { search } from './pattern/search.js'
import type { SerialAddress, Wanted } from './serial-address.js'

/** What a message says of a wanted value. */
export type Extracted =
  | { readonly kind: 'number'; readonly value: number; readonly unit: string | null; readonly doubt: string | null }
  /** Words where a number was wanted, or a text that was asked for. */
  | { readonly kind: 'text'; readonly text: string }
  /** The device says that it has no value now. */
  | { readonly kind: 'no-value'; readonly why: string }

const LONGEST_TEXT = 200
/** A number among words; every part is bounded. */
const FIRST_NUMBER = /(?<![\w.])[-+]?(?:\d{1,20}(?:[.,]\d{0,20})?|[.,]\d{1,20})(?:[eE][-+]?\d{1,3})?/
const UNIT_BEHIND = /^ {0,4}([\p{L}%‰°][^\s,;:=]{0,11})/u

/** What a message says of the value that an address wants; undefined where it speaks of something else. */
export function extract({ wanted, decimal }: Pick<SerialAddress, 'wanted' | 'decimal'>, text: string): Extracted | undefined {
  if (wanted === null) return undefined
  switch (wanted.kind) {
    case 'text':
      return { kind: 'text', text: text.slice(0, LONGEST_TEXT) }
    case 'nmea':
      return nmeaField(wanted, text)
    default: {
      const part = partOf(wanted, text, decimal)
      return part && asNumber(part, decimal)
    }
  }
}

interface Part {
  readonly value: string
  readonly unit: string | null
}

function partOf(wanted: Exclude<Wanted, { kind: 'text' | 'nmea' }>, text: string, decimal: 'point' | 'comma'): Part | undefined {
  switch (wanted.kind) {
    case 'pattern': {
      const found = search(wanted.program, text)
      return found?.groups['value'] === undefined ? undefined : { value: found.groups['value'], unit: found.groups['unit'] ?? null }
    }
    case 'key':
      return keyValuesOf(text).find(({ key }) => key === wanted.key)
    case 'column': {
      const cell = cellsOf(text, decimal)[wanted.column - 1]
      return cell === undefined ? undefined : (numberOf(cell) ?? { value: cell, unit: null })
    }
    case 'number': {
      const found = FIRST_NUMBER.exec(text)
      if (!found) return { value: text, unit: null }
      const unit = UNIT_BEHIND.exec(text.slice(found.index + found[0].length))?.[1] ?? null
      return { value: found[0], unit }
    }
  }
}

function asNumber({ value, unit }: Part, decimal: 'point' | 'comma'): Extracted {
  const reading = readNumber(value, decimal)
  if (!reading) return { kind: 'text', text: value.slice(0, LONGEST_TEXT) }
  return reading.kind === 'number' ? { ...reading, unit, doubt: null } : reading
}

function nmeaField({ sentence: wanted, field }: Extract<Wanted, { kind: 'nmea' }>, text: string): Extracted | undefined {
  const reading = readNmea(text)
  if (reading.kind !== 'sentence') return undefined
  const { sentence } = reading
  if (sentence.formatter !== wanted && sentence.talker + sentence.formatter !== wanted) return undefined
  const found = nmeaValuesOf(sentence).find((each) => each.field === field)
  if (!found) return undefined
  if (found.value === null) return { kind: 'no-value', why: 'the device leaves this field empty, or says that it does not count' }
  return {
    kind: 'number',
    value: found.value,
    unit: found.unit,
    doubt: sentence.check === 'absent' ? 'the sentence has no check sum' : null,
  }
}
