// Exporting and importing against DuckDB's own COPY of the same rows, in one run: ratios of wall time. Written and removed again: about 300 MB.
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { exportRecording } from '../dist/exchange/export-recording.js'
import { importFiles } from '../dist/exchange/import-files.js'
import { buildRecording } from '../dist/recordings/build-recording.js'
import { openDuckdb } from '../dist/recordings/duckdb-session.js'

const ROWS = Number(process.env['EXCHANGE_ROWS'] ?? 1_000_000)
const T0 = 1_795_359_600_000_000
const ROUNDS = 3

export async function measureExchange() {
  const folder = await mkdtemp(join(tmpdir(), 'bench-exchange-'))
  const session = await openDuckdb({ memoryLimitMb: 1024 })
  const signal = new AbortController().signal
  try {
    const recording = join(folder, 'run')
    const readings = `SELECT make_timestamp(${T0} + i * 1000) AS time, make_timestamp(${T0} + i * 1000 + 500) AS received, 'pump-247/s' || (i % 100) AS sensor,
      sin(i) * 100 AS value, 'mm/s' AS unit, NULL::VARCHAR AS text, 0::UTINYINT AS quality FROM range(${ROWS}) t(i)`
    const run = { startedAt: T0, sensors: [], assets: [], site: null, tool: 'bench', purpose: 'bench' }
    await buildRecording({ folder: recording, run, connection: session.connection, tables: { readings }, endedBy: 'end-of-input', signal })
    const parts = `read_parquet('${recording}/readings-*.parquet')`
    const selection = { sensors: [], from: undefined, to: undefined }
    const exportTo = (to) => exportRecording({ folder: recording, to, format: undefined, selection, existing: 'replace', signal })
    const copyTo = (to, options) => session.connection.run(`COPY (SELECT * FROM ${parts}) TO '${to}' (${options})`)
    const rows = []
    for (const [ending, options] of [
      ['csv', 'HEADER'],
      ['parquet', 'FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2'],
      ['jsonl', 'FORMAT json'],
      ['lp', 'HEADER'],
    ]) {
      const [ours, theirs] = [join(folder, `ours.${ending}`), join(folder, `theirs.${ending}`)]
      const times = await interleaved([() => exportTo(ours), () => copyTo(theirs, options)])
      const [mine, other] = await Promise.all([stat(ours), stat(theirs)])
      rows.push(row(`export ${ending}`, times, { bytesRatio: Number((mine.size / other.size).toFixed(2)) }))
    }
    let imports = 0
    const mapping = { values: [], form: 'long', units: [], decimal: 'point', missing: [] }
    const limits = { timeoutMs: 600_000, memoryMb: 1024 }
    const importOurs = () =>
      importFiles({ files: [join(folder, 'ours.csv')], out: join(folder, `back-${imports++}`), mapping, limits, tool: 'bench', signal })
    const readTheirs = () =>
      session.connection.run(
        `COPY (SELECT * FROM read_csv('${folder}/theirs.csv')) TO '${folder}/read.parquet' (FORMAT parquet, COMPRESSION zstd)`,
      )
    rows.push(row('import csv', await interleaved([importOurs, readTheirs])))
    return rows
  } finally {
    session.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function interleaved(works) {
  const times = works.map(() => [])
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, work] of works.entries()) {
      const startedAt = performance.now()
      await work()
      times[i].push(performance.now() - startedAt)
    }
  }
  return times.map((each) => each.toSorted((a, b) => a - b)[1])
}

function row(name, [oursMs, theirsMs], more = {}) {
  return {
    name,
    rows: ROWS,
    oursMs: Math.round(oursMs),
    duckdbMs: Math.round(theirsMs),
    ratio: Number((oursMs / theirsMs).toFixed(2)),
    ...more,
  }
}
