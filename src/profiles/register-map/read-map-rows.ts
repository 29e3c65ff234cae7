import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Fault, reasonOf } from '../../faults/fault.js'
import { unpackedBytes } from './unpacked-bytes.js'

/** One row of a table, as text. */
export interface MapRow {
  /** As the file counts it, from 1. */
  readonly number: number
  readonly cells: readonly string[]
}

export const MOST_ROWS = 20_000
const MOST_CELLS = 200
const LONGEST_CELL = 2000
/** A workbook unpacks to a multiple of its size, so less of it is taken. */
const LARGEST_BYTES = { csv: 64 * 1024 * 1024, xlsx: 8 * 1024 * 1024 } as const
const LARGEST_UNPACKED_BYTES = 128 * 1024 * 1024
const SNIFFED_BYTES = 64 * 1024

/**
 * Reads a register map out of CSV (comma, semicolon or tab; UTF-8, UTF-16 or Latin-1) or an Excel workbook.
 * @param sheet  a sheet's name; the first one where it is null.
 * @throws Fault REGISTER_MAP_INVALID where the file is too large, damaged or has no such sheet.
 */
export async function readMapRows(path: string, sheet: string | null): Promise<readonly MapRow[]> {
  const kind = /\.xlsx$/i.test(path) ? 'xlsx' : 'csv'
  const { size } = await stat(path)
  if (/\.xls$/i.test(path)) throw invalid(path, 'it is an old .xls workbook', 'save it as .xlsx or .csv')
  if (size > LARGEST_BYTES[kind]) throw invalid(path, `it is larger than ${LARGEST_BYTES[kind] / 1024 / 1024} MiB`, `${size} bytes`)
  return kind === 'xlsx' ? readWorkbook(path, sheet) : readCsv(path)
}

async function readCsv(path: string): Promise<readonly MapRow[]> {
  const { parse } = await import('csv-parse')
  const { encoding, delimiter } = await sniff(path)
  const rows: MapRow[] = []
  const parser = parse({ delimiter, bom: true, relax_column_count: true, relax_quotes: true, max_record_size: 1024 * 1024, info: true })
  parser.on('readable', () => {
    for (let next = take(parser); next; next = take(parser)) {
      rows.push({ number: next.info.lines, cells: next.record.slice(0, MOST_CELLS).map(cellText) })
      if (rows.length > MOST_ROWS) parser.destroy(invalid(path, `it has more than ${MOST_ROWS} rows`, 'nothing of it was taken'))
    }
  })
  try {
    await pipeline(createReadStream(path, { encoding }), parser)
  } catch (thrown) {
    throw thrown instanceof Fault || (thrown as NodeJS.ErrnoException).path ? thrown : invalid(path, 'it is no CSV', reasonOf(thrown))
  }
  return rows
}

interface CsvRecord {
  readonly record: readonly unknown[]
  readonly info: { readonly lines: number }
}

function take(parser: { read(): unknown }): CsvRecord | null {
  return parser.read() as CsvRecord | null
}

/** The delimiter that parts the first lines most evenly, and an encoding that reads them without damage. */
async function sniff(path: string): Promise<{ readonly encoding: BufferEncoding; readonly delimiter: string }> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0)
  const head = buffer.subarray(0, bytesRead)
  const isWide = head[0] === 0xff && head[1] === 0xfe
  // A character may be cut where the sample ends.
  const isUtf8 = !head.toString('utf8').slice(0, -4).includes('�')
  const encoding = isWide ? 'utf16le' : isUtf8 ? 'utf8' : 'latin1'
  const lines = head.toString(encoding).split('\n').slice(0, 30)
  const counted = [',', ';', '\t'].map((delimiter) => ({
    delimiter,
    lines: lines.filter((line) => line.split(delimiter).length > 2).length,
  }))
  const best = counted.reduce((a, b) => (b.lines > a.lines ? b : a))
  return { encoding, delimiter: best.delimiter }
}

async function readWorkbook(path: string, sheet: string | null): Promise<readonly MapRow[]> {
  const { default: readXlsxFile } = await import('read-excel-file/node')
  const workbook = await readFile(path)
  if (unpackedBytes(workbook) > LARGEST_UNPACKED_BYTES)
    throw invalid(path, 'it unpacks to more than 128 MiB', 'a workbook of registers is small')
  let sheets: Awaited<ReturnType<typeof readXlsxFile>>
  try {
    sheets = await readXlsxFile(workbook)
  } catch (thrown) {
    throw invalid(path, 'it is no Excel workbook that can be read', reasonOf(thrown))
  }
  const found = sheet === null ? sheets[0] : sheets.find((one) => one.sheet === sheet)
  if (!found) throw invalid(path, `it has no sheet '${sheet ?? ''}'`, `its sheets are ${sheets.map((one) => one.sheet).join(', ')}`)
  if (found.data.length > MOST_ROWS) throw invalid(path, `it has more than ${MOST_ROWS} rows`, 'nothing of it was taken')
  return found.data.map((row, index) => ({ number: index + 1, cells: row.slice(0, MOST_CELLS).map(cellText) }))
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString()
  if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean') return String(cell).slice(0, LONGEST_CELL).trim()
  return ''
}

function invalid(path: string, what: string, because: string): Fault {
  return new Fault('REGISTER_MAP_INVALID', { message: `${path} is no register map: ${what}`, because, advice: { file: path } })
}
