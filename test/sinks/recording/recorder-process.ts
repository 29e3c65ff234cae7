import { writeSync } from 'node:fs'
import type { Clock } from '../../../src/readings/clock.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'

/** A recorder to be killed; it says how much is committed whenever that grows: 2,000 readings/s of 20 sensors and one 25.6 kHz waveform, counted up so that a lost one shows. */
const [folder = '', flushIntervalMs = '100', forMs = '60000', mergeLeast = '0'] = process.argv.slice(2)
const clock: Clock = {
  now: () => Math.floor((performance.timeOrigin + performance.now()) * 1000),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    }),
}
const keys = Array.from({ length: 20 }, (_, i) => `s-${i}`)
const sensors = [...keys, 'wave'].map((key) => ({ key, address: `mqtt://h/${key}`, kind: 'other', unit: 'bar', periodMs: 10 }) as const)
const sink = createRecordingSink({
  folder,
  flushIntervalMs: Number(flushIntervalMs),
  ...(mergeLeast === '0' ? {} : { compaction: { everyMs: 30, least: Number(mergeLeast) } }),
  clock,
  log: { note: () => {}, warn: (text) => void process.stderr.write(`${text}\n`) },
})
try {
  await sink.start({ startedAt: clock.now(), sensors, assets: [], site: null, tool: 'test', purpose: 'to be killed' })
} catch (thrown) {
  const { code = 'unknown', message = '' } = thrown as { code?: string; message?: string }
  process.stdout.write(`refused ${code} ${message}\n`)
  process.exit(4)
}
process.stdout.write('recording\n')
let said = 0
function say(): void {
  const { stored } = sink.progress
  if (stored > said) writeSync(1, `${stored}\n`)
  said = stored
}
const started = performance.now()
for (let n = 0, waves = 0; performance.now() - started < Number(forMs); ) {
  const due = Math.floor(((performance.now() - started) / 1000) * 2000)
  if (due > n) {
    const count = due - n
    await sink.take({
      kind: 'batch',
      sensors: keys,
      sensor: Uint16Array.from({ length: count }, (_, i) => (n + i) % 20),
      measuredAt: new Float64Array(count).fill(clock.now()),
      receivedAt: clock.now(),
      value: Float64Array.from({ length: count }, (_, i) => n + i),
      quality: new Uint8Array(count),
    })
    n = due
  }
  if ((performance.now() - started) / 100 > waves) {
    const samples = new Float32Array(2560).fill(waves)
    await sink.take({
      kind: 'waveform',
      sensor: 'wave',
      startedAt: clock.now(),
      receivedAt: clock.now(),
      sampleRateHz: 25_600,
      samples,
      quality: 0,
      sequence: waves++,
    })
  }
  say()
  await clock.sleep(5)
}
await sink.close('duration')
