import { open, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { reasonOf } from '../faults/fault.js'
import { unpackedBytes } from '../profiles/register-map/unpacked-bytes.js'
import { importTable } from './import-csv.js'
import type { ImportJob } from './import-job.js'
import { importInvalid } from './import-problem.js'
import { ownTable } from './import-relation.js'

/** A workbook is unpacked and read as a whole. */
const LARGEST_BYTES = 64 * 1024 * 1024
const LARGEST_UNPACKED_BYTES = 512 * 1024 * 1024

/** The sheets of a workbook, each as if it were CSV. Its times have milliseconds and no zone. @throws Fault IMPORT_INVALID, IMPORT_UNCLEAR, INTERRUPTED. */
export async function importWorkbook(job: ImportJob, path: string): Promise<void> {
  const { size } = await stat(path)
  const tooLarge = 'save it as CSV, which may be of any size'
  if (size > LARGEST_BYTES) throw importInvalid(path, `it is larger than ${LARGEST_BYTES / 1024 / 1024} MiB; ${tooLarge}`)
  const workbook = await readFile(path)
  if (unpackedBytes(workbook) > LARGEST_UNPACKED_BYTES)
    throw importInvalid(path, `it unpacks to more than ${LARGEST_UNPACKED_BYTES / 1024 / 1024} MiB; ${tooLarge}`)
  for (const { sheet, data } of await sheetsOf(path, workbook)) {
    const headings = (data[0] ?? []).map(cellText)
    if (headings.length === 0) continue
    const isOwn = ownTable({ columns: headings.map((name) => [name, 'VARCHAR'] as const), name: sheet }) !== null
    const csv = join(job.folder, `${basename(path)}.${crypto.randomUUID().slice(0, 8)}.csv`)
    await writeSheet(csv, data, isOwn ? 'Z' : '')
    if (isOwn || job.mapping.time === undefined || headings.includes(job.mapping.time))
      await importTable(job, csv, {
        path,
        name: sheet,
        delimiter: ',',
        cells: 'plain',
        placeOf: (row) => Promise.resolve({ sheet, row: String(row + 1) }),
      })
    else job.notes.push(`the sheet ${sheet} has no column ${job.mapping.time} and was passed over`)
  }
}

type Sheet = { readonly sheet: string; readonly data: readonly (readonly unknown[])[] }

async function sheetsOf(path: string, workbook: Buffer): Promise<readonly Sheet[]> {
  const { default: readXlsxFile } = await import('read-excel-file/node')
  try {
    return await readXlsxFile(workbook)
  } catch (thrown) {
    throw importInvalid(path, `it is no Excel workbook that can be read: ${reasonOf(thrown)}`)
  }
}

async function writeSheet(path: string, rows: Sheet['data'], zone: string): Promise<void> {
  await using file = await open(path, 'wx')
  for (let from = 0; from < rows.length; from += 1000) {
    const lines = rows.slice(from, from + 1000).map((row) => row.map((cell) => csvCell(cell, zone)).join(','))
    await file.appendFile(`${lines.join('\r\n')}\r\n`)
  }
}

function csvCell(cell: unknown, zone: string): string {
  if (cell instanceof Date) return `${cell.toISOString().slice(0, -1)}${zone}`
  const text = cellText(cell)
  if (text === '') return ''
  return `"${text.replaceAll('"', '""')}"`
}

function cellText(cell: unknown): string {
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}
