// Recording against the fastest way that DuckDB itself offers, in one run: rows a second, CPU, memory, size.
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { createRecordingSink } from '../dist/sinks/recording/recording-sink.js'
import { appendAndCopy } from './recording/chunk-appender.mjs'
import { batchOf, runOf, sensorsNamed, silentLog, systemClock, T0 } from './recording/sources.mjs'

const SENSORS = sensorsNamed(1000)
const KEYS = SENSORS.map(({ key }) => key)
const UNITS = ['', ...new Set(SENSORS.map(({ unit }) => unit))]
const TOTAL_ROWS = 3_000_000
const ROUNDS = 3

/** 16 × 51.2 kHz in real time, with and without merging, each in a process of its own. SECONDS makes it shorter. */
export function measureWaveforms() {
  return ['merging', 'none'].map((merging) => {
    const run = fileURLToPath(new URL('recording/waves-run.mjs', import.meta.url))
    const { peak, ...figures } = JSON.parse(
      execFileSync(process.execPath, [run, process.env.SECONDS ?? '60', merging], { encoding: 'utf8' }),
    )
    const promised = { cpuShare: 0.25, maxRssMb: 300 }
    return { merging, ...figures, peak: `${peak.rss} MB`, promised: JSON.stringify(promised), load: ratio(loadavg()[0]) }
  })
}

/** Scalars: every batch size against the appender over the same rows, interleaved; medians. */
export async function measureScalars() {
  const folder = await mkdtemp(join(tmpdir(), 'chatterfix-bench-'))
  try {
    const rows = []
    for (const batchRows of [1000, 50_000]) {
      const batches = Array.from({ length: TOTAL_ROWS / batchRows }, (_, n) => batchOf(KEYS, n, batchRows))
      const columns = columnsOf(batches)
      const times = { appender: [], appenderSmall: [], sink: [] }
      let bytes
      let parts
      for (let round = 0; round < ROUNDS; round++) {
        const baseline = (rowsPerFile) =>
          appendAndCopy({
            columns,
            total: TOTAL_ROWS,
            rowsPerFile,
            sensors: KEYS,
            units: UNITS,
            fileOf: (n) => join(folder, `raw-${n}.parquet`),
          })
        times.appender.push(await baseline(TOTAL_ROWS))
        const out = join(folder, `run-${batchRows}-${round}`)
        const sink = createRecordingSink({ folder: out, clock: systemClock, log: silentLog })
        await sink.start(runOf(SENSORS))
        const startedMs = performance.now()
        for (const batch of batches) await sink.take(batch)
        await sink.close('end-of-input')
        times.sink.push((performance.now() - startedMs) / 1000)
        parts = sink.progress.parts
        bytes = await bytesBelow(out)
        times.appenderSmall.push(await baseline(Math.ceil(TOTAL_ROWS / parts)))
        await rm(out, { recursive: true })
      }
      const perS = (list) => TOTAL_ROWS / median(list)
      rows.push({
        'batch rows': batchRows,
        'sink M rows/s': millions(perS(times.sink)),
        'appender, one file': millions(perS(times.appender)),
        ratio: ratio(perS(times.sink) / perS(times.appender)),
        'appender, as many files': millions(perS(times.appenderSmall)),
        'ratio then': ratio(perS(times.sink) / perS(times.appenderSmall)),
        promised: 0.7,
        parts,
        'bytes/row': ratio(bytes / TOTAL_ROWS),
        'max RSS MB': Math.round(process.resourceUsage().maxRSS / 1024),
        load: ratio(loadavg()[0]),
      })
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function columnsOf(batches) {
  const total = batches.reduce((sum, { value }) => sum + value.length, 0)
  const columns = {
    time: new BigInt64Array(total),
    received: new BigInt64Array(total),
    sensor: new Uint16Array(total),
    value: new Float64Array(total),
    unit: new Uint8Array(total),
    quality: new Uint8Array(total),
  }
  let row = 0
  for (const batch of batches) {
    for (let i = 0; i < batch.value.length; i++, row++) {
      columns.time[row] = BigInt(batch.measuredAt[i])
      columns.received[row] = BigInt(batch.receivedAt)
      columns.sensor[row] = batch.sensor[i]
      columns.value[row] = batch.value[i]
      columns.unit[row] = UNITS.indexOf(SENSORS[batch.sensor[i]].unit)
    }
  }
  return columns
}

async function bytesBelow(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.parquet'))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function ratio(value) {
  return Number(value.toFixed(2))
}

function millions(value) {
  return Number((value / 1e6).toFixed(2))
}
