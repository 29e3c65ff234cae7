import { PART_TABLE_NAMES, type PartEntry } from '../readings/recording-layout.js'
import { sliceTable } from './build-slices.js'
import { storedColumns } from './part-rows.js'
import type { PartScribe } from './part-scribe.js'
import { type Horizon, horizonOfTable, timeOfRow } from './prune-horizon.js'
import type { TouchedPart } from './prune-touched.js'
import { betweenSql, sqlText } from './sql-text.js'

/** What stays of parts that lie on both sides of the horizon, as new parts. */
export async function keepRest(scribe: PartScribe, touched: readonly TouchedPart[], horizon: Horizon): Promise<PartEntry[]> {
  const parts: PartEntry[] = []
  for (const table of PART_TABLE_NAMES) {
    const paths = touched.filter(({ part, stays }) => part.table === table && stays > 0).map(({ part }) => sqlText(part.path))
    if (paths.length === 0) continue
    const bound = horizonOfTable(table, horizon)
    const select = `SELECT ${storedColumns(table)} FROM read_parquet([${paths.join(', ')}]) WHERE true ${betweenSql({ from: bound }, timeOfRow(table))}`
    const { selects } = await sliceTable(scribe.connection, { table, select, times: select })
    for (const slice of selects) parts.push(...(await scribe.write(table, slice)))
  }
  return parts
}
