import type { Answer } from '../acquisition/read-once.js'
import { qualityOf } from '../readings/quality.js'
import { formatMicros } from '../readings/time.js'
import { displayWidth } from './display-width.js'
import { numberText } from './number-text.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'
import { toldValue } from './told-value.js'
import { wrapText } from './wrap-text.js'

/** `read --json`. */
export function answersDocument(answers: readonly Answer[]) {
  return {
    schema: 'chatterfix/readings/1',
    readings: answers.map(({ sensor, measuredAt, receivedAt, value, text, quality, waveform, fault }) => ({
      sensor: sensor.key,
      address: sensor.address,
      value: toldValue({ value, text, quality }),
      unit: sensor.unit,
      quality: { ...qualityOf(quality), ...(fault ? { because: fault.message } : {}) },
      measuredAt: formatMicros(measuredAt),
      receivedAt: formatMicros(receivedAt),
      ...(waveform ? { waveform: { sampleRateHz: waveform.sampleRateHz, samples: [...waveform.samples] } } : {}),
    })),
  }
}

/**
 * `read` for people: a table; where its lines would not fit, the values, and below each whose it is, whole, so that it can be copied.
 * @param columns of the terminal; a pipe has no end.
 */
export function formatAnswers(answers: readonly Answer[], columns = Number.POSITIVE_INFINITY): string {
  const rows = answers.map(rowOf)
  const wide = formatTable(
    ['SENSOR', ...HEADINGS],
    rows.map(({ sensor, cells, measured, fault }) => [sensor, ...cells, fault ?? measured]),
  )
  if (wide.split('\n').every((line) => displayWidth(line) <= columns)) return wide
  const width = Math.max(NARROWEST, columns)
  const [headings = '', ...lines] = formatTable(
    HEADINGS,
    rows.map(({ cells, measured, fault }) => [...cells, fault === undefined ? measured : '—']),
  ).split('\n')
  const wrap = (text: string): string => wrapText(text, { columns: width, indent: INDENT })
  return [
    headings,
    ...rows.flatMap(({ sensor, fault }, index) => [
      wrap(lines[index] ?? ''),
      `${INDENT}${terminalSafe(sensor)}`,
      ...(fault === undefined ? [] : [wrap(`${INDENT}${terminalSafe(fault)}`)]),
    ]),
  ].join('\n')
}

const HEADINGS = ['VALUE', 'UNIT', 'QUALITY', 'MEASURED'] as const
const NARROWEST = 40
const INDENT = '    '

interface Row {
  readonly sensor: string
  /** Value, unit, quality. */
  readonly cells: readonly string[]
  readonly measured: string
  /** Why there is no value. */
  readonly fault: string | undefined
}

function rowOf({ sensor, measuredAt, value, text, quality, waveform, fault }: Answer): Row {
  const { level, reason } = qualityOf(quality)
  const shown = waveform
    ? `${waveform.samples.length} samples at ${waveform.sampleRateHz} Hz`
    : value === null
      ? '—'
      : (text ?? numberText(value))
  return {
    sensor: sensor.key,
    cells: [shown, sensor.unit ?? '', reason ?? level],
    measured: formatMicros(measuredAt),
    fault: fault?.message,
  }
}
