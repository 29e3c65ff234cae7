import { parseMicros } from '../../readings/time.js'
import { unitOf } from '../../readings/unit.js'
import type { ByteSource } from '../byte-source.js'
import type { WaveformChannel } from '../waveform-file.js'
import { LineReader } from './line-reader.js'
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

/** What is wrong with a universal file. */
export class UffError extends Error {
  override readonly name = 'UffError'
}

/** A time record, and where its numbers lie. */
export interface UffChannel extends WaveformChannel {
  /** Of the first number, bytes. */
  readonly at: number
  readonly form: 'ascii' | 'binary'
  readonly isDouble: boolean
  /** Numbers of single precision, printed with more digits than those have. */
  readonly isSingle: boolean
  readonly isLittleEndian: boolean
}

export interface UffDatasets {
  readonly channels: readonly UffChannel[]
  readonly notes: readonly string[]
}

const DELIMITER = '-1'
const MOST_DATASETS = 10_000
/** Digits of E13.5. */
const PRINTED_DIGITS = 6

/** Finds the time records of a universal file (datasets 58 and 58b); other datasets are passed over and told. @throws UffError and nothing else. */
export async function readUffDatasets(source: ByteSource): Promise<UffDatasets> {
  const lines = new LineReader(source)
  const channels: UffChannel[] = []
  const notes: string[] = []
  const others = new Map<string, number>()
  for (let datasets = 0; await nextDelimiter(lines); datasets++) {
    if (datasets > MOST_DATASETS) throw new UffError(`it has more than ${MOST_DATASETS} datasets`)
    const title = (await lines.next()) ?? ''
    const type = title.slice(0, 6).trim()
    if (type === '58') {
      const found = await readFunction(lines, title, notes)
      if (found !== null) channels.push(found)
    } else others.set(type, (others.get(type) ?? 0) + 1)
    // A binary dataset was passed over whole; in the others no line but the last is a lone -1.
    await nextDelimiter(lines)
  }
  for (const [type, count] of others) notes.push(`${count} datasets ${type.slice(0, 6) || '?'} were passed over`)
  if (channels.length === 0) throw new UffError('it holds no time record (dataset 58 of function type 1)')
  return { channels, notes }
}

async function nextDelimiter(lines: LineReader): Promise<boolean> {
  for (let line = await lines.next(); line !== null; line = await lines.next()) if (line.trim() === DELIMITER) return true
  return false
}

async function readFunction(lines: LineReader, title: string, notes: string[]): Promise<UffChannel | null> {
  const head = await readHead(lines)
  const { at } = lines
  const binary = title[6] === 'b' ? { bytes: Math.max(0, field(title, 31, 12) || 0), format: field(title, 13, 6) } : null
  if (binary !== null) lines.skipTo(at + binary.bytes)
  const name = nameIn(head)
  const obstacle = obstacleIn(head, binary)
  if (obstacle !== null) {
    notes.push(`${name} ${obstacle}`)
    return null
  }
  const [started = '', rate = '', , numbers = '', , ordinate = ''] = head.slice(3)
  const isDouble = field(numbers, 0, 10) === ORDINATE_TYPE.double
  const [count, increment] = [field(numbers, 10, 10), field(numbers, 43, 13)]
  if (!(count >= 0) || !(increment > 0)) throw new UffError(`${name}: its number of values or spacing makes no sense`)
  const there = binary === null ? count : Math.floor(Math.max(0, Math.min(binary.bytes, lines.size - at)) / (isDouble ? 8 : 4))
  return {
    name,
    frames: Math.min(count, there),
    sampleRateHz: rateOf(rate, increment),
    unit: unitText(ordinate.slice(47, 67).trim()),
    startedAt: parseMicros(started.startsWith(STARTED_AT) ? started.slice(STARTED_AT.length) : '') ?? null,
    at,
    form: binary === null ? 'ascii' : 'binary',
    isDouble,
    isSingle: !isDouble || (rate.startsWith(SAMPLE_RATE) && rate.trimEnd().endsWith(` ${SINGLE}`)),
    isLittleEndian: field(title, 7, 6) !== BYTE_ORDER.big,
  }
}

async function readHead(lines: LineReader): Promise<string[]> {
  const head: string[] = []
  for (let i = 0; i < HEAD_LINES; i++) {
    const line = await lines.next()
    if (line === null) throw new UffError('it is cut off within a head')
    head.push(line)
  }
  return head
}

/** The first ID line. What did not fit into it goes on in the second, in files of ours. */
function nameIn([first = '', second = '', , , rate = '']: readonly string[]): string {
  const goesOn = first.length === LONGEST_ID && rate.startsWith(SAMPLE_RATE) && second !== 'NONE'
  return plainText((goesOn ? first + second : first.slice(0, LONGEST_ID)).trim())
}

/** Why a dataset 58 is not read as a time record; null where it is. */
function obstacleIn(head: readonly string[], binary: { readonly format: number } | null): string | null {
  const [point = '', numbers = '', abscissa = ''] = head.slice(5)
  const functionType = field(point, 0, 5)
  const isTime = functionType === TIME_RESPONSE || (functionType === 0 && field(abscissa, 0, 10) === DATA_KIND.time)
  if (!isTime) return `is of function type ${functionType}, no time record`
  if (field(numbers, 20, 10) !== 1) return 'is unevenly spaced'
  const type = field(numbers, 0, 10)
  if (type !== ORDINATE_TYPE.single && type !== ORDINATE_TYPE.double) return 'is complex'
  return binary !== null && binary.format !== FLOAT_FORMAT.ieee ? 'is in a number format of VAX or IBM' : null
}

/** The exact rate where the file has one; else the printed increment's, as the whole number that it stands for. */
function rateOf(line: string, increment: number): number {
  const printed = 1 / increment
  const tolerance = printed * 10 ** (1 - PRINTED_DIGITS)
  const exact = line.startsWith(SAMPLE_RATE) ? Number.parseFloat(line.slice(SAMPLE_RATE.length)) : Number.NaN
  if (Math.abs(exact - printed) <= tolerance) return exact
  const whole = Math.round(printed)
  return Math.abs(whole - printed) <= tolerance / 2 ? whole : printed
}

function unitText(label: string): string | null {
  if (label === '' || label === 'NONE') return null
  return unitOf(label)?.symbol ?? plainText(label)
}

function field(line: string, from: number, width: number): number {
  const text = line.slice(from, from + width).trim()
  return text === '' ? Number.NaN : Number(text.replace(/d/i, 'E'))
}

function plainText(text: string): string {
  return text.replaceAll(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
