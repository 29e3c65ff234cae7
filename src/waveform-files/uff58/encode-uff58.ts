import { formatMicros } from '../../readings/time.js'
import { unitOf } from '../../readings/unit.js'
import { bytesOfSamples, type WaveformSignal } from '../waveform-signal.js'
import {
  BYTE_ORDER,
  DATA_KIND,
  FLOAT_FORMAT,
  HEAD_LINES,
  LONGEST_ID,
  ORDINATE_TYPE,
  SAMPLE_RATE,
  SINGLE,
  STARTED_AT,
  TIME_RESPONSE,
} from './uff58-record.js'

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const KIND_OF_QUANTITY: Readonly<Record<string, number>> = {
  length: DATA_KIND.displacement,
  velocity: DATA_KIND.velocity,
  acceleration: DATA_KIND.acceleration,
  force: DATA_KIND.force,
  pressure: DATA_KIND.pressure,
}
const VALUES_A_LINE = 4

/** A universal file of datasets 58: numbers as text (E20.12, 13 digits) or binary (58b, exact). */
export async function* encodeUff58(signals: readonly WaveformSignal[], form: 'ascii' | 'binary'): AsyncGenerator<Uint8Array> {
  for (const signal of signals) {
    const type = form === 'ascii' || signal.encoding === 'float64' ? ORDINATE_TYPE.double : ORDINATE_TYPE.single
    const bytes = signal.length * (type === ORDINATE_TYPE.double ? 8 : 4)
    const numbers = form === 'binary' ? binaryHeader(bytes) : right(58, 6)
    yield Buffer.from(`${[right(-1, 6), numbers, ...headOf(signal, type)].join('\n')}\n`, 'latin1')
    if (form === 'ascii') yield* asciiNumbers(signal)
    else for await (const piece of signal.samples()) yield bytesOfSamples(piece, signal.encoding)
    yield Buffer.from(`${form === 'binary' ? '\n' : ''}${right(-1, 6)}\n`, 'latin1')
  }
}

function binaryHeader(bytes: number): string {
  const fields = [right(58, 6), 'b', right(BYTE_ORDER.little, 6), right(FLOAT_FORMAT.ieee, 6), right(HEAD_LINES, 12), right(bytes, 12)]
  return [...fields, right(0, 6), right(0, 6), right(0, 12), right(0, 12)].join('')
}

/** Records 1 to 11. */
function headOf(signal: WaveformSignal, type: number): string[] {
  const { name, unit, startedAt, sampleRateHz, length } = signal
  const kind = KIND_OF_QUANTITY[unitOf(unit ?? '')?.quantity ?? ''] ?? (unit === null ? DATA_KIND.unknown : DATA_KIND.general)
  const axis = (code: number, label: string, units: string) =>
    `${right(code, 10)}${right(0, 5).repeat(3)} ${label.padEnd(20).slice(0, 20)} ${units.padEnd(20).slice(0, 20)}`
  const point = (node: number) => ` ${'NONE'.padEnd(10)}${right(node, 10)}${right(0, 4)}`
  return [
    asciiText(name).slice(0, LONGEST_ID),
    asciiText(name).slice(LONGEST_ID, 2 * LONGEST_ID) || 'NONE',
    dateText(startedAt),
    `${STARTED_AT}${formatMicros(startedAt)}`,
    `${SAMPLE_RATE}${sampleRateHz}${type === ORDINATE_TYPE.double && signal.encoding === 'float32' ? ` ${SINGLE}` : ''}`,
    `${right(TIME_RESPONSE, 5)}${right(0, 10)}${right(0, 5)}${right(0, 10)}${point(0)}${point(0)}`,
    `${right(type, 10)}${right(length, 10)}${right(1, 10)}${float(0, 5, 13)}${float(1 / sampleRateHz, 6, 13)}${float(0, 5, 13)}`,
    axis(DATA_KIND.time, 'Time', 's'),
    axis(kind, asciiText(unitOf(unit ?? '')?.quantity ?? 'NONE'), unit === null ? 'NONE' : asciiUnit(unit)),
    axis(DATA_KIND.unknown, 'NONE', 'NONE'),
    axis(DATA_KIND.unknown, 'NONE', 'NONE'),
  ]
}

async function* asciiNumbers(signal: WaveformSignal): AsyncGenerator<Uint8Array> {
  let column = 0
  for await (const piece of signal.samples()) {
    let text = ''
    for (const sample of piece) {
      text += float(sample, 12, 20)
      column = (column + 1) % VALUES_A_LINE
      if (column === 0) text += '\n'
    }
    yield Buffer.from(text, 'latin1')
  }
  if (column !== 0) yield Buffer.from('\n')
}

/** A number as Fortran's E format writes it: `-1.234500000000E+01`, right-aligned. */
function float(value: number, decimals: number, width: number): string {
  if (!Number.isFinite(value)) return String(value).padStart(width)
  const [mantissa = '', exponent = ''] = value.toExponential(decimals).split('e')
  // toExponential has no -0.
  const sign = Object.is(value, -0) ? '-' : ''
  return `${sign}${mantissa}E${exponent[0]}${exponent.slice(1).padStart(2, '0')}`.padStart(width)
}

function right(value: number, width: number): string {
  return String(value).padStart(width)
}

function dateText(at: number): string {
  const text = formatMicros(at)
  return `${text.slice(8, 10)}-${MONTHS[Number(text.slice(5, 7)) - 1]}-${text.slice(2, 4)}   ${text.slice(11, 19)}`
}

/** Universal files are ASCII: `m/s²` is written by an alias of the unit table that is. */
function asciiUnit(unit: string): string {
  const known = unitOf(unit)
  const spelled = [unit, ...(known?.aliases ?? [])].find((name) => name !== '' && name.length <= 20 && /^[\x20-\x7e]+$/.test(name))
  return spelled ?? asciiText(unit)
}

/** What is not printable ASCII, as `\uXXXX`; a name that would be taken for the end of the dataset is none. */
function asciiText(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]|\\/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
