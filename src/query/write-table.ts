import { formatQueryTable, type ResultSample } from '../output/query-table.js'
import type { CagedStatement } from '../recordings/caged-statement.js'
import { jsonConverter } from '../recordings/json-value.js'
import type { WriteLines } from './write-lines.js'

/** Of these many rows a table is made. */
const MAX_ROWS = 1000
/** Counting on costs as much as reading; whoever has more of them wants no table. */
const MAX_COUNTED = 1_000_000

export const writeTable: WriteLines = async (statement, to) => {
  const sample = await sampleOf(statement)
  await to.write(`${formatQueryTable(sample)}\n`)
  return sample.count
}

async function sampleOf(statement: CagedStatement): Promise<ResultSample> {
  const convert = await jsonConverter()
  const columns = statement.columns.map(({ name }) => name)
  const rows: ResultSample['rows'][number][] = []
  let count = 0
  for await (const chunk of statement.chunks()) {
    const wanted = MAX_ROWS - rows.length
    if (wanted > 0) for (const row of chunk.getRows().slice(0, wanted)) rows.push(row.map((value) => convert(value)))
    count += chunk.rowCount
    if (count > MAX_COUNTED) return { columns, rows, count: MAX_COUNTED, beyond: true }
  }
  return { columns, rows, count, beyond: false }
}
