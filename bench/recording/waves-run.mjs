// 16 waveforms of 51.2 kHz recorded in real time, in a process of its own so that its memory is nobody else's. Says what it cost as JSON.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { runOf, silentLog, systemClock } from './sources.mjs'

const { createRecordingSink } = await import(process.env.SINK ?? '../../dist/sinks/recording/recording-sink.js')
const { RecordingFolder } = await import(process.env.FOLDER ?? '../../dist/sinks/recording/recording-folder.js')
const [seconds = '60', merging = 'merging'] = process.argv.slice(2)
const CHANNELS = 16
const RATE = 51_200
const BLOCK = 5120
const POOL_S = 2
/** A 24-bit converter over ±50 g. */
const STEP = 100 / 2 ** 24

const keys = Array.from({ length: CHANNELS }, (_, i) => `machine/bearing-${i}/acceleration`)
const sensors = keys.map((key) => ({ key, address: `recording://${key}`, kind: 'acceleration', unit: 'g', periodMs: 100 }))
const pool = keys.map((_, channel) => signalOf(channel))
const folder = await mkdtemp(join(tmpdir(), 'chatterfix-waves-'))
const path = join(folder, 'run')
const compaction = merging === 'merging' ? {} : { compaction: 'none' }
const sink = createRecordingSink({ folder: path, clock: systemClock, log: silentLog, ...compaction })
// How long flushes take, waiting for the turn of a merge included.
const flushMs = []
const { store } = RecordingFolder.prototype
RecordingFolder.prototype.store = async function (...words) {
  const begunMs = performance.now()
  await store.apply(this, words)
  flushMs.push(performance.now() - begunMs)
}
let peak = { rss: 0 }
const seen = []
const watch = setInterval(() => {
  const memory = process.memoryUsage()
  seen.push(Math.round(memory.rss / 1e6))
  if (memory.rss > peak.rss) peak = memory
}, 200)
try {
  await sink.start(runOf(sensors, systemClock.now()))
  const cpuBefore = process.cpuUsage()
  const startedMs = performance.now()
  let behindMs = 0
  for (let n = 0; n < (Number(seconds) * RATE) / BLOCK; n++) {
    const dueMs = startedMs + ((n + 1) * BLOCK * 1000) / RATE
    const earlyMs = dueMs - performance.now()
    if (earlyMs > 0) await systemClock.sleep(earlyMs)
    else behindMs = Math.max(behindMs, -earlyMs)
    const receivedAt = systemClock.now()
    for (const [channel, sensor] of keys.entries()) {
      const from = (n * BLOCK) % (POOL_S * RATE)
      const samples = pool[channel].slice(from, from + BLOCK)
      await sink.take({
        kind: 'waveform',
        sensor,
        startedAt: receivedAt - 100_000,
        receivedAt,
        sampleRateHz: RATE,
        samples,
        quality: 0,
        sequence: n,
      })
    }
  }
  const tookS = (performance.now() - startedMs) / 1000
  const cpu = process.cpuUsage(cpuBefore)
  const closingMs = performance.now()
  await sink.close('duration')
  const { dropped } = sink.tally()
  process.stdout.write(
    JSON.stringify({
      cpuShare: (cpu.user + cpu.system) / 1e6 / tookS,
      maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
      peak: Object.fromEntries(Object.entries(peak).map(([name, bytes]) => [name, Math.round(bytes / 1e6)])),
      behindMs: Math.round(behindMs),
      closedMs: Math.round(performance.now() - closingMs),
      flushP50Ms: Math.round(quantile(flushMs, 0.5)),
      flushP99Ms: Math.round(quantile(flushMs, 0.99)),
      gaps: sink.progress.gaps,
      dropped,
      parts: sink.progress.parts,
      bytesPerSample: sink.progress.bytes / (CHANNELS * BLOCK * Math.floor((Number(seconds) * RATE) / BLOCK)),
      ...(process.env.TIMELINE === undefined ? {} : { seen: seen.join(' ') }),
    }),
  )
} finally {
  clearInterval(watch)
  await rm(folder, { recursive: true, force: true })
}

function quantile(values, share) {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]
}

/** Two tones and noise, different in every channel, in steps of the converter. */
function signalOf(channel) {
  let state = 12_345 + channel * 7919
  const noise = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32 - 0.5
  }
  return Float32Array.from({ length: POOL_S * RATE }, (_, i) => {
    const t = i / RATE
    const g =
      Math.sin(2 * Math.PI * (25 + channel) * t) +
      0.3 * Math.sin(2 * Math.PI * (3170 + 111 * channel) * t) +
      0.2 * (noise() + noise() + noise())
    return Math.round(g / STEP) * STEP
  })
}
