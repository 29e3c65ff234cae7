// A day of 1,000 sensors at 1 Hz, 86.4 million readings, made at full speed: recorded, compacted, listed, verified, queried, exported, pruned. SENSORS and HOURS make it smaller.
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { DuckDBInstance } from '@duckdb/node-api'
import { exportRecording } from '../dist/exchange/export-recording.js'
import { compactRecording } from '../dist/recordings/compact-recording.js'
import { listRecordings } from '../dist/recordings/list-recordings.js'
import { openRecording } from '../dist/recordings/open-recording.js'
import { pruneRecording } from '../dist/recordings/prune-recording.js'
import { queryRecording } from '../dist/recordings/query-recording.js'
import { verifyRecording } from '../dist/recordings/verify-recording.js'
import { createRecordingSink } from '../dist/sinks/recording/recording-sink.js'
import { batchOf, runOf, sensorsNamed, silentLog, systemClock, T0 } from './recording/sources.mjs'

const SENSORS = sensorsNamed(Number(process.env.SENSORS ?? 1000))
const SECONDS = 3600 * Number(process.env.HOURS ?? 24)
const BATCH_SECONDS = 20
const ROUNDS = 25

export async function measureDay() {
  const folder = await mkdtemp(join(tmpdir(), 'chatterfix-day-'))
  const rows = []
  const note = (what, value) => rows.push({ what, value: typeof value === 'number' ? Number(value.toFixed(3)) : value })
  try {
    const run = join(folder, 'run')
    const total = SENSORS.length * SECONDS
    note('readings', total)
    note('recorded, s', await seconds(() => recordDay(run)))
    note('max RSS while recording, MB', Math.round(process.resourceUsage().maxRSS / 1024))
    note('parts, as closed', (await openRecording(run)).parts.length)
    const compacted = {}
    note(
      'compacted, s',
      await seconds(async () =>
        Object.assign(compacted, await compactRecording(run, { now: systemClock.now(), signal: new AbortController().signal })),
      ),
    )
    note('parts, compacted', compacted.after.parts)
    note('listed, ms', 1000 * (await seconds(() => listRecordings(folder))))
    let verdict
    note('verified, s', await seconds(async () => (verdict = await verifyRecording(run))))
    note('whole, and all there', verdict.ok && verdict.stored === total)
    await compareQueries(run, note)
    await compareSize(run, join(folder, 'duckdb.parquet'), note)
    await compareExport(run, folder, note)
    await pruneAll(run, note)
    note('load', loadavg()[0])
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function recordDay(folder) {
  const keys = SENSORS.map(({ key }) => key)
  const sink = createRecordingSink({ folder, clock: systemClock, log: silentLog })
  await sink.start(runOf(SENSORS))
  for (let n = 0; n < SECONDS / BATCH_SECONDS; n++) await sink.take(batchOf(keys, n, BATCH_SECONDS * keys.length))
  await sink.close('end-of-input')
}

/** One sensor's day through `query` against DuckDB by hand on the same files, interleaved; each opens and closes its own database. */
async function compareQueries(run, note) {
  const view = await openRecording(run)
  const list = view.parts.filter(({ table }) => table === 'readings').map(({ path }) => `'${path}'`)
  const key = SENSORS[Math.floor(SENSORS.length / 2)].key
  const wishes = { 'in sum': 'count(*) AS n, avg(value) AS mean, min(time) AS a, max(time) AS b', 'row by row': 'time, value, unit' }
  for (const [name, wish] of Object.entries(wishes)) {
    const raw = `SELECT ${wish} FROM read_parquet([${list.join(', ')}]) WHERE sensor = '${key}'`
    const ours = `SELECT ${wish} FROM readings WHERE sensor = '${key}'`
    const times = { raw: [], ours: [] }
    for (let round = 0; round <= ROUNDS; round++) {
      const each = {
        raw: await seconds(() => askDuckdb(raw, 'getRowObjectsJson')),
        ours: await seconds(() => queryRecording({ folders: [run], sql: ours })),
      }
      if (round > 0) for (const name of ['raw', 'ours']) times[name].push(each[name])
    }
    note(`one sensor's day ${name}, raw DuckDB, ms`, 1000 * median(times.raw))
    note(`one sensor's day ${name}, query, ms`, 1000 * median(times.ours))
    note(`${name}, ratio (promised 1.2)`, median(times.ours) / median(times.raw))
  }
}

async function compareSize(run, path, note) {
  const { parts } = await openRecording(run)
  const mine = parts.filter(({ table }) => table === 'readings')
  const list = mine.map((part) => `'${part.path}'`).join(', ')
  await askDuckdb(`COPY (SELECT * FROM read_parquet([${list}])) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`)
  const bytes = mine.reduce((sum, part) => sum + part.bytes, 0)
  const theirs = (await stat(path)).size
  note('bytes/reading', bytes / (SENSORS.length * SECONDS))
  note("size against DuckDB's own zstd Parquet of these rows (promised 1.1)", bytes / theirs)
}

/** All of it as one Parquet file, against DuckDB's COPY of the same rows in the same order. */
async function compareExport(run, folder, note) {
  const { parts } = await openRecording(run)
  const list = parts.filter(({ table }) => table === 'readings').map(({ path }) => `'${path}'`)
  const signal = new AbortController().signal
  const selection = { sensors: [], from: undefined, to: undefined }
  const to = join(folder, 'export.parquet')
  const ours = await seconds(() => exportRecording({ folder: run, selection, to, format: undefined, existing: 'refuse', signal }))
  const raw = `SELECT * FROM read_parquet([${list.join(', ')}])`
  const copied = await seconds(() => askDuckdb(`COPY (${raw}) TO '${join(folder, 'raw.parquet')}' (FORMAT parquet, COMPRESSION zstd)`))
  note('exported to Parquet, s', ours)
  note('COPY of the same by DuckDB, s', copied)
  note('ratio of the two', ours / copied)
}

/** All its days become minutes, hours and days. */
async function pruneAll(run, note) {
  const horizon = { raw: T0 + 2 * 86_400_000_000 - (T0 % 86_400_000_000), all: Number.NEGATIVE_INFINITY }
  let pruned
  const took = await seconds(async () => {
    pruned = await pruneRecording(run, horizon, { now: systemClock.now(), signal: new AbortController().signal })
  })
  note('pruned to aggregates, s', took)
  note('readings that went', pruned.pruned)
  note('minutes that stay', pruned.left.minutes)
  note('bytes after/before', pruned.bytesAfter / pruned.bytesBefore)
  note('whole after it', (await verifyRecording(run)).ok)
}

async function askDuckdb(sql, how = 'getRows') {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  const rows = (await connection.runAndReadAll(sql))[how]()
  connection.closeSync()
  instance.closeSync()
  return rows
}

async function seconds(work) {
  const startedMs = performance.now()
  await work()
  return (performance.now() - startedMs) / 1000
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
