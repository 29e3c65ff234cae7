import type { Point, PointAlternative } from '../probe-report.js'
import { cellsOf, numberOf } from './columns.js'
import { keyValuesOf } from './key-value.js'
import { readNmea } from './nmea.js'
import { nmeaValuesOf } from './nmea-values.js'
import { readNumber } from './number-text.js'
import { meaningOfUnit } from './value-kind.js'

/** What the messages of a device are made of. */
export interface Recognised {
  readonly format: 'NMEA 0183' | 'named values' | 'columns' | 'text'
  readonly points: readonly Point[]
}

interface RecogniseOptions {
  /** The address of a value, by what is added to that of the device. */
  readonly addressOf: (query: readonly (readonly [string, string])[]) => string
  readonly decimal: 'point' | 'comma'
}

/** A way of reading has to fit so many of the messages. */
const MOST_FIT = 0.6
const MOST_POINTS = 200

/** Finds values in messages by their form: NMEA sentences, `NAME value unit`, or columns. */
export function recognise(messages: readonly string[], options: RecogniseOptions): Recognised {
  const ways: readonly (readonly [Recognised['format'], readonly Point[] | null])[] = [
    ['NMEA 0183', nmeaPoints(messages, options)],
    ['named values', namedPoints(messages, options)],
    ['columns', columnPoints(messages, options)],
  ]
  const [format, points] = ways.find(([, found]) => found !== null) ?? (['text', []] as const)
  return { format, points: points?.slice(0, MOST_POINTS) ?? [] }
}

/** Null where the messages have another form. */
function nmeaPoints(messages: readonly string[], { addressOf }: RecogniseOptions): readonly Point[] | null {
  const sentences = messages.map(readNmea).flatMap((reading) => (reading.kind === 'sentence' ? reading.sentence : []))
  if (sentences.length === 0 || sentences.length < messages.length * MOST_FIT) return null
  const points = new Map<string, Point>()
  for (const sentence of sentences) {
    for (const { field, value, unit, kind } of nmeaValuesOf(sentence)) {
      const address = addressOf([
        ['sentence', sentence.formatter],
        ['field', field],
      ])
      const isChecked = sentence.check === 'right'
      const isNamed = !/^(field|transducer)-\d+$/.test(field)
      points.set(address, {
        ...plain,
        address,
        name: isNamed ? `${sentence.formatter}/${field}` : null,
        kind,
        unit,
        value: value ?? points.get(address)?.value ?? null,
        confidence: isNamed ? (isChecked ? 1 : 0.8) : 0.4,
        evidence: `NMEA 0183 sentence ${sentence.talker}${sentence.formatter}, ${isChecked ? 'check sum right' : 'without a check sum'}`,
      })
    }
  }
  return [...points.values()]
}

function namedPoints(messages: readonly string[], { addressOf, decimal }: RecogniseOptions): readonly Point[] | null {
  const lines = messages.map(keyValuesOf)
  const fitting = lines.filter((line) => line.length > 0).length
  if (fitting === 0 || fitting < messages.length * MOST_FIT) return null
  const byKey = Map.groupBy(lines.flat(), ({ key }) => key)
  return [...byKey].flatMap(([key, values]) => {
    const last = values.at(-1)
    const number = last && readNumber(last.value, decimal)
    if (!last || !number) return []
    const { unit, kind } = meaningOfUnit(last.unit)
    return [
      {
        ...plain,
        address: addressOf([['key', key]]),
        name: key,
        kind,
        unit,
        value: number.kind === 'number' ? number.value : null,
        confidence: values.length === 1 ? 0.6 : 0.9,
        evidence: `${values.length} of ${messages.length} lines say '${key} ${last.value}${last.unit === null ? '' : ` ${last.unit}`}'`,
      },
    ]
  })
}

function columnPoints(messages: readonly string[], { addressOf, decimal }: RecogniseOptions): readonly Point[] | null {
  const rows = messages.map((message) => cellsOf(message, decimal))
  const widths = Map.groupBy(rows, ({ length }) => length)
  const alike = [...widths.values()].reduce<readonly (readonly string[])[]>((best, each) => (each.length > best.length ? each : best), [])
  const measured = alike.filter((row) => row.some((cell) => numberOf(cell)))
  if (measured.length === 0 || measured.length < messages.length * MOST_FIT) return null
  const isOneNumber = measured.every((row) => row.length === 2 && row.every((cell) => /^[-+]?\d+$/.test(cell)))
  const header = alike.find((row) => row.length > 1 && row.every((cell) => cell !== '' && !numberOf(cell)))
  const [width = 0] = measured.map(({ length }) => length)
  return Array.from({ length: width }, (_, index) => index).flatMap((index) => {
    const cells = measured.flatMap((row) => numberOf(row[index] ?? '') ?? [])
    const last = cells.at(-1)
    const number = last && readNumber(last.value, decimal)
    if (!last || !number || cells.length < measured.length * MOST_FIT) return []
    const { unit, kind } = meaningOfUnit(last.unit)
    return [
      {
        ...plain,
        address: addressOf([['column', String(index + 1)]]),
        name: header?.[index]?.slice(0, 64) ?? null,
        kind,
        unit,
        value: number.kind === 'number' ? number.value : null,
        confidence: isOneNumber ? 0.2 : messages.length < 3 ? 0.4 : 0.7,
        alternatives: isOneNumber ? [decimalComma(measured)] : [],
        evidence: `column ${index + 1} of ${width} is a number in ${cells.length} of ${messages.length} lines${header ? '; a line names the columns' : ''}`,
      },
    ]
  })
}

/** `12,5` may be two columns, or one number. */
function decimalComma(rows: readonly (readonly string[])[]): PointAlternative {
  return { type: 'text', order: null, value: Number(rows.at(-1)?.join('.')), why: 'a number with a decimal comma; say decimal=comma' }
}

const plain = { type: 'text', order: null, scale: 1, alternatives: [] } as const
