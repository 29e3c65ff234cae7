import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { type ByteSource, bytesInMemory } from '../byte-source.js'
import { ARRAY_CLASS, ARRAY_FLAG, DATA_TYPE, NUMBER_BYTES } from './mat5-types.js'
import type { NumberBlock } from './number-block.js'

/** One leaf of a MAT-file: an array of numbers or a text. Fields of structs are named `struct.field`, cells `cell{1}`. */
export interface MatVariable {
  readonly name: string
  readonly dimensions: readonly number[]
  readonly numbers: NumberBlock | null
  readonly text: string | null
}

/** What is wrong with a MAT-file. */
export class MatError extends Error {
  override readonly name = 'MatError'
}

const HEADER_BYTES = 128
const MOST_VARIABLES = 10_000
const MOST_ELEMENTS = 1000
const DEEPEST = 8
const LONGEST_TEXT = 4096
const LONGEST_NAME = 256
const MOST_DIMENSIONS = 32
/** A few bytes unpack to no more than this; a large variable of measured numbers packs to a third at best, a constant one much further. */
const UNPACKED = { small: 64 * 1024 * 1024, ratio: 32, most: 1024 ** 3 } as const

interface Reading {
  readonly source: ByteSource
  readonly isLittleEndian: boolean
  readonly found: MatVariable[]
}

interface Element {
  readonly type: number
  readonly bytes: number
  /** Of its content. */
  readonly at: number
  readonly next: number
}

/**
 * Lists the variables of a MAT-file of level 5 (what MATLAB saves with -v6 and -v7). Numbers stay where they are; compressed variables are unpacked.
 * @throws MatError and nothing else, whatever the bytes are.
 * @see "MAT-File Format", The MathWorks, chapter 1.
 */
export async function readMatVariables(source: ByteSource): Promise<MatVariable[]> {
  const head = viewOf(await source.read(0, HEADER_BYTES))
  if (head.byteLength < HEADER_BYTES) throw new MatError('it is too short for a MAT-file')
  const order = String.fromCharCode(head.getUint8(126), head.getUint8(127))
  if (order !== 'IM' && order !== 'MI') throw new MatError('it does not begin as a MAT-file of level 5 does')
  const isLittleEndian = order === 'IM'
  if (head.getUint16(124, isLittleEndian) === 0x0200)
    throw new MatError('it is a MAT-file of version 7.3 (HDF5); save it in MATLAB with -v7 or -v6')
  const reading: Reading = { source, isLittleEndian, found: [] }
  for (let at = HEADER_BYTES; at + 8 <= source.size; ) {
    const element = await elementAt(reading, at)
    if (element.type === DATA_TYPE.compressed) await readCompressed(reading, element)
    else if (element.type === DATA_TYPE.matrix) await readMatrix(reading, element, { name: null, depth: 0 })
    // Compressed variables are not padded.
    at = element.type === DATA_TYPE.compressed ? element.at + element.bytes : element.next
  }
  return reading.found
}

async function readCompressed(reading: Reading, { at, bytes }: Element): Promise<void> {
  const most = Math.min(UNPACKED.most, Math.max(UNPACKED.small, bytes * UNPACKED.ratio))
  const packed = await reading.source.read(at, bytes)
  if (packed.length < bytes) throw new MatError('it is cut off within a compressed variable')
  const unpacked = await promisify(inflate)(packed, { maxOutputLength: most }).catch((thrown: NodeJS.ErrnoException) => {
    throw new MatError(
      thrown.code === 'ERR_BUFFER_TOO_LARGE'
        ? `a compressed variable unpacks to more than ${most} bytes`
        : `a compressed variable is damaged: ${thrown.message}`,
    )
  })
  const inner: Reading = { ...reading, source: bytesInMemory(unpacked) }
  const element = await elementAt(inner, 0)
  if (element.type === DATA_TYPE.matrix) await readMatrix(inner, element, { name: null, depth: 0 })
}

/** A tag: type and bytes, 4 bytes each, or both in 4 with the content behind (small data element). */
async function elementAt({ source, isLittleEndian }: Reading, at: number): Promise<Element> {
  const tag = viewOf(await source.read(at, 8))
  if (tag.byteLength < 8) throw new MatError('it is cut off')
  const word = tag.getUint32(0, isLittleEndian)
  if (word >>> 16 !== 0) {
    const bytes = word >>> 16
    if (bytes > 4) throw new MatError('a small data element claims to be large')
    return { type: word & 0xffff, bytes, at: at + 4, next: at + 8 }
  }
  const bytes = tag.getUint32(4, isLittleEndian)
  return { type: word, bytes, at: at + 8, next: at + 8 + bytes + ((8 - (bytes % 8)) % 8) }
}

interface Place {
  readonly name: string
  readonly depth: number
}

/** @param within  name null for a variable, which has its own; fields and cells are given theirs. */
async function readMatrix(
  reading: Reading,
  element: Element,
  { name, depth }: { readonly name: string | null; readonly depth: number },
): Promise<void> {
  const end = Math.min(element.at + element.bytes, reading.source.size)
  if (element.bytes === 0) return
  if (depth > DEEPEST) throw new MatError(`its structs are nested deeper than ${DEEPEST}`)
  const flags = await elementAt(reading, element.at)
  if (flags.type !== DATA_TYPE.uint32 || flags.bytes < 8) throw new MatError('a variable has no array flags')
  const flagBytes = viewOf(await reading.source.read(flags.at, 4))
  if (flagBytes.byteLength < 4) throw new MatError('it is cut off within the flags of a variable')
  const word = flagBytes.getUint32(0, reading.isLittleEndian)
  const sizes = await elementAt(reading, flags.next)
  const dimensions = await dimensionsOf(reading, sizes)
  const title = await elementAt(reading, sizes.next)
  const own = await textOf(reading, title, LONGEST_NAME)
  const place = { name: name ?? (own === '' ? `variable ${reading.found.length + 1}` : own), depth }
  const content = { word, dimensions, at: title.next, end }
  const arrayClass = word & 0xff
  if (arrayClass === ARRAY_CLASS.struct) await readStruct(reading, content, place)
  else if (arrayClass === ARRAY_CLASS.cell) await readCells(reading, content, place)
  else if (arrayClass === ARRAY_CLASS.char)
    keep(reading, { ...place, dimensions, text: await textOf(reading, await elementAt(reading, content.at), LONGEST_TEXT) })
  else if (arrayClass >= ARRAY_CLASS.double && (word & ARRAY_FLAG.complex) === 0) await readNumeric(reading, content, place)
}

interface Content {
  readonly dimensions: readonly number[]
  readonly at: number
  readonly end: number
}

async function readNumeric(reading: Reading, { dimensions, at, end }: Content, { name }: Place): Promise<void> {
  const count = dimensions.reduce((product, size) => product * size, 1)
  if (count === 0) return
  const element = await elementAt(reading, at)
  const width = NUMBER_BYTES[element.type]
  if (width === undefined) throw new MatError(`${name} holds numbers of a kind that is not known (${element.type})`)
  const { source, isLittleEndian } = reading
  const there = Math.floor(Math.min(element.bytes, Math.max(0, end - element.at)) / width)
  keep(reading, {
    name,
    dimensions,
    numbers: { source, at: element.at, type: element.type, count: Math.min(count, there), isLittleEndian },
  })
}

async function readStruct(reading: Reading, { dimensions, at, end }: Content, { name, depth }: Place): Promise<void> {
  const lengthElement = await elementAt(reading, at)
  const length = viewOf(await reading.source.read(lengthElement.at, 4))
  const nameBytes = length.byteLength < 4 ? 0 : length.getInt32(0, reading.isLittleEndian)
  const namesElement = await elementAt(reading, lengthElement.next)
  if (nameBytes < 1 || nameBytes > LONGEST_NAME) throw new MatError(`the fields of ${name} have no names`)
  const fields = Math.min(MOST_ELEMENTS, Math.floor(namesElement.bytes / nameBytes))
  const names = Buffer.from(await reading.source.read(namesElement.at, fields * nameBytes))
  const count = dimensions.reduce((product, size) => product * size, 1)
  let next = namesElement.next
  for (let i = 0; i < Math.min(count, MOST_ELEMENTS) && fields > 0; i++) {
    for (let field = 0; field < fields && next + 8 <= end; field++) {
      const title = names.toString('latin1', field * nameBytes, (field + 1) * nameBytes).replace(/\0.*$/s, '')
      next = await readNested(reading, next, { name: `${name}${count > 1 ? `(${i + 1})` : ''}.${title}`, depth: depth + 1 })
    }
  }
}

async function readCells(reading: Reading, { at, end }: Content, { name, depth }: Place): Promise<void> {
  let next = at
  for (let i = 1; i <= MOST_ELEMENTS && next + 8 <= end; i++)
    next = await readNested(reading, next, { name: `${name}{${i}}`, depth: depth + 1 })
}

async function readNested(reading: Reading, at: number, place: Place): Promise<number> {
  const element = await elementAt(reading, at)
  if (element.type === DATA_TYPE.matrix) await readMatrix(reading, element, place)
  return element.next
}

function keep(reading: Reading, variable: Pick<MatVariable, 'name' | 'dimensions'> & Partial<MatVariable>): void {
  if (reading.found.length >= MOST_VARIABLES) throw new MatError(`it has more than ${MOST_VARIABLES} variables`)
  const { name, dimensions, numbers = null, text = null } = variable
  reading.found.push({ name, dimensions, numbers, text })
}

async function dimensionsOf({ source, isLittleEndian }: Reading, { type, bytes, at }: Element): Promise<number[]> {
  if (type !== DATA_TYPE.int32 || bytes > 4 * MOST_DIMENSIONS) throw new MatError('a variable has no dimensions')
  const view = viewOf(await source.read(at, bytes))
  return Array.from({ length: Math.floor(view.byteLength / 4) }, (_, i) => Math.max(0, view.getInt32(4 * i, isLittleEndian)))
}

async function textOf({ source, isLittleEndian }: Reading, { type, bytes, at }: Element, longest: number): Promise<string> {
  const raw = Buffer.from(await source.read(at, Math.min(bytes, longest)))
  if (type !== DATA_TYPE.uint16 && type !== DATA_TYPE.utf16) return raw.toString('utf8')
  const whole = raw.subarray(0, raw.length & ~1)
  return (isLittleEndian ? whole : Buffer.from(whole).swap16()).toString('utf16le')
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
