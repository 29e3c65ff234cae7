import { Fault } from '../faults/fault.js'
import { formatMicros } from '../readings/time.js'
import { type RowSelection, selectTables } from './exchange-tables.js'
import type { ExportJob } from './export-job.js'

/** What there is to be measured; the rest of a recording describes it. */
const MEASURED = ['readings', 'waveforms', 'waveforms64'] as const

/**
 * A range in which nothing was measured is probably a slip of the date.
 * @throws Fault EXPORT_IMPOSSIBLE that names the span that was recorded.
 */
export async function refuseEmptyRange({ view, selection, rows, connection, to }: ExportJob): Promise<void> {
  const { sensors, from, to: until } = selection
  if ((from === undefined && until === undefined) || MEASURED.some((table) => rows[table] > 0)) return
  const span = await spanOf({ view, connection }, sensors)
  throw new Fault('EXPORT_IMPOSSIBLE', {
    message: `nothing was recorded ${rangeText(selection)} in ${view.folder}`,
    because:
      span === null ? 'it holds no measurements at all' : `it was recorded from ${formatMicros(span.first)} to ${formatMicros(span.last)}`,
    advice: { recording: view.folder, ...(span !== null && { file: to, since: formatMicros(span.first) }) },
  })
}

function rangeText({ from, to }: RowSelection): string {
  return [from === undefined ? '' : `from ${formatMicros(from)}`, to === undefined ? '' : `to ${formatMicros(to)}`]
    .filter(Boolean)
    .join(' ')
}

async function spanOf({ view, connection }: Pick<ExportJob, 'view' | 'connection'>, sensors: readonly string[]) {
  const all = selectTables(view, { sensors, from: undefined, to: undefined })
  const times = MEASURED.map((table) => `SELECT time FROM (${all[table]})`).join(' UNION ALL ')
  const result = await connection.runAndReadAll(`SELECT epoch_us(min(time))::DOUBLE, epoch_us(max(time))::DOUBLE FROM (${times})`)
  const [first, last] = result.getRows()[0] ?? []
  return typeof first === 'number' && typeof last === 'number' ? { first, last } : null
}
