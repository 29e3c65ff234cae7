import { PART_TABLE_NAMES, type PartEntry } from '../readings/recording-layout.js'
import { sliceTable } from './build-slices.js'
import { storedColumns } from './part-rows.js'
import type { PartScribe } from './part-scribe.js'
import type { Horizon } from './prune-horizon.js'
import type { Spared } from './prune-spared.js'
import { goingSql, type TouchedPart } from './prune-touched.js'
import { sqlText } from './sql-text.js'

/** What stays of parts of which something goes, as new parts. */
export async function keepRest(
  scribe: PartScribe,
  touched: readonly TouchedPart[],
  { horizon, spared }: { readonly horizon: Horizon; readonly spared: Spared },
): Promise<PartEntry[]> {
  const parts: PartEntry[] = []
  for (const table of PART_TABLE_NAMES) {
    const paths = touched.filter(({ part, stays }) => part.table === table && stays > 0).map(({ part }) => sqlText(part.path))
    if (paths.length === 0) continue
    const select = `SELECT ${storedColumns(table)} FROM read_parquet([${paths.join(', ')}]) WHERE NOT (${goingSql(table, horizon, spared)})`
    const { selects } = await sliceTable(scribe.connection, { table, select, times: select })
    for (const slice of selects) parts.push(...(await scribe.write(table, slice)))
  }
  return parts
}
