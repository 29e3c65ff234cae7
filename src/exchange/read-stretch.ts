import type { DuckDBConnection } from '@duckdb/node-api'
import { runUntilAborted } from '../recordings/interruptible-run.js'
import { betweenSql, sqlText } from '../recordings/sql-text.js'
import { ROW_ORDER, type StretchOutline } from './waveform-stretches.js'

/** The samples of a stretch, a block at a time, a window of about four million samples in memory. */
export async function* readStretch(
  stretch: StretchOutline,
  from: {
    readonly connection: DuckDBConnection
    readonly tables: { readonly waveforms: string; readonly waveforms64: string }
    readonly signal: AbortSignal
  },
): AsyncGenerator<Float32Array | Float64Array> {
  const { listsOf } = await import('../recordings/chunk-reader.js')
  const { connection, tables, signal } = from
  const list = stretch.isDouble ? 'DOUBLE[]' : 'FLOAT[]'
  const columns = `sensor, time, fragment, sequence, received, samples::${list} AS samples`
  const sources = stretch.isDouble ? [tables.waveforms, tables.waveforms64] : [tables.waveforms]
  let skip = stretch.skip
  let rows = stretch.rows
  for (const [i, start] of stretch.windows.entries()) {
    const end = stretch.windows[i + 1] ?? stretch.lastRowAt + 1
    const within = `WHERE sensor = ${sqlText(stretch.sensor)} ${betweenSql({ from: start, to: end })}`
    const selects = sources.map((source) => `SELECT ${columns} FROM (${source}) ${within}`)
    const sql = `SELECT samples FROM (${selects.join(' UNION ALL ')}) ORDER BY ${ROW_ORDER}`
    const result = await runUntilAborted(connection, signal, async () => await (await connection.run(sql)).fetchAllChunks())
    for (const chunk of result) {
      for (const samples of listsOf(chunk, 0, stretch.isDouble ? Float64Array : Float32Array)) {
        if (skip-- > 0) continue
        if (rows-- <= 0) return
        yield samples
      }
    }
  }
}
