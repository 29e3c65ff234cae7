import { open } from 'node:fs/promises'
import { Fault } from '../faults/fault.js'
import { refuseWhenAborted } from '../recordings/interruptible-run.js'
import { columnsOf, type ExchangeTable } from './exchange-tables.js'
import { carriedTables, type ExportJob } from './export-job.js'
import { headingRow, sheetRowSql } from './xlsx/sheet-row-sql.js'
import { SHEET_HEAD, SHEET_TAIL, workbookParts } from './xlsx/workbook-parts.js'
import { ZipWriter } from './xlsx/zip-writer.js'

/** Excel's limit, less the heading. */
const ROWS_A_SHEET = 1_048_575
/** A workbook of more takes minutes to open, if it opens. */
const MOST_SHEETS = 10
const CARRIED: readonly ExchangeTable[] = ['readings', 'events', 'gaps', 'minutes', 'hours', 'days', 'blocks', 'sensors', 'assets']

interface Sheet {
  readonly name: string
  readonly table: ExchangeTable
  readonly from: number
}

/** @throws Fault EXPORT_IMPOSSIBLE where it is more than ten sheets of readings. */
export async function writeWorkbook(job: ExportJob): Promise<void> {
  const sheets = carriedTables(job, CARRIED, 'a workbook').flatMap((table) => sheetsOf(job, table))
  if (sheets.length === 0) sheets.push({ name: 'readings', table: 'readings', from: 0 })
  if (job.rows.readings > ROWS_A_SHEET)
    job.notes.push(`a sheet holds ${ROWS_A_SHEET} rows; the readings are on ${Math.ceil(job.rows.readings / ROWS_A_SHEET)} sheets`)
  await using file = await open(await job.output.add(job.to), 'w')
  const zip = new ZipWriter(file)
  for (const [part, xml] of Object.entries(workbookParts(sheets.map(({ name }) => name)))) {
    await zip.begin(part)
    await zip.write(xml)
    await zip.end()
  }
  for (const [i, sheet] of sheets.entries()) {
    await zip.begin(`xl/worksheets/sheet${i + 1}.xml`)
    await writeSheet(job, sheet, zip)
    await zip.end()
  }
  await zip.finish()
}

function sheetsOf(job: ExportJob, table: ExchangeTable): Sheet[] {
  const count = Math.ceil(job.rows[table] / ROWS_A_SHEET)
  if (count > MOST_SHEETS) {
    throw new Fault('EXPORT_IMPOSSIBLE', {
      message: `${job.rows[table]} ${table} are too many for a workbook: ${job.rows[table] - MOST_SHEETS * ROWS_A_SHEET} would be left out`,
      because: `a sheet holds ${ROWS_A_SHEET} rows below its heading, and more than ${MOST_SHEETS} sheets nobody opens`,
      advice: { recording: job.view.folder, instead: `${job.to.replace(/\.xlsx$/i, '')}.csv` },
    })
  }
  return Array.from({ length: count }, (_, i) => ({ name: i === 0 ? table : `${table}-${i + 1}`, table, from: i * ROWS_A_SHEET }))
}

async function writeSheet(job: ExportJob, { table, from }: Sheet, zip: ZipWriter): Promise<void> {
  const columns = columnsOf(table)
  await zip.write(SHEET_HEAD + headingRow(columns))
  const rows = `SELECT *, row_number() OVER () + 1 AS n FROM (${job.tables[table]} LIMIT ${ROWS_A_SHEET} OFFSET ${from})`
  const result = await job.connection.stream(`SELECT ${sheetRowSql(columns)} FROM (${rows})`)
  let done = 0
  for await (const chunk of result) {
    refuseWhenAborted(job.signal)
    await zip.write(chunk.getColumnValues(0).join(''))
    done += chunk.rowCount
    job.progress({ done: from + done, total: job.rows[table], what: `rows of ${table}` })
  }
  await zip.write(SHEET_TAIL)
}
