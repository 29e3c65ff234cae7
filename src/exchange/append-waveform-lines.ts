import { open } from 'node:fs/promises'
import { runUntilAborted } from '../recordings/interruptible-run.js'
import { betweenSql } from '../recordings/sql-text.js'
import type { ExportJob } from './export-job.js'

/** Rows that are read at once: 16 to 32 MB of samples. */
const WINDOW_ROWS = 1024
/** Rows that become text at once: 50 kB each, several times over within DuckDB, which would do 2,048 in each thread. */
const SLICE_ROWS = 64

/** Appends rows of waveforms as lines, in time order; beyond a window of them only their times are in memory. @param line  SQL of a line, without its line feed. */
export async function appendWaveformLines(
  job: ExportJob,
  table: 'waveforms' | 'waveforms64',
  to: { readonly path: string; readonly line: string },
): Promise<void> {
  const { connection, signal } = job
  const rows = job.tables[table]
  const bounds = await windowBounds(job, rows)
  await using file = await open(to.path, 'a')
  let done = 0
  for (const [i, from] of bounds.entries()) {
    const within = betweenSql({ from, to: bounds[i + 1] ?? Number.POSITIVE_INFINITY })
    await runUntilAborted(connection, signal, () =>
      connection.run(
        `CREATE OR REPLACE TEMP TABLE waveform_window AS SELECT * FROM (${rows}) WHERE true ${within} ORDER BY time, sensor, fragment`,
      ),
    )
    for (let row = 0, read = SLICE_ROWS; read === SLICE_ROWS; row += SLICE_ROWS) {
      const slice = `SELECT ${to.line} FROM waveform_window WHERE rowid >= ${row} AND rowid < ${row + SLICE_ROWS} ORDER BY rowid`
      const lines = await runUntilAborted(connection, signal, () => connection.runAndReadAll(slice))
      const texts = lines.getRows().map(([line]) => `${String(line)}\n`)
      read = texts.length
      if (read > 0) await file.appendFile(texts.join(''))
      done += read
      job.progress({ done, total: job.rows[table], what: `rows of ${table}` })
    }
  }
  await connection.run('DROP TABLE IF EXISTS waveform_window')
}

/** Times that cut the rows into windows. */
async function windowBounds({ connection, signal }: ExportJob, rows: string): Promise<number[]> {
  const numbered = `SELECT time, row_number() OVER (ORDER BY time) - 1 AS place FROM (${rows})`
  const sql = `SELECT DISTINCT epoch_us(time)::DOUBLE AS micros FROM (${numbered}) WHERE place % ${WINDOW_ROWS} = 0 ORDER BY micros`
  const result = await runUntilAborted(connection, signal, () => connection.runAndReadAll(sql))
  return result.getRows().map(([at]) => Number(at))
}
