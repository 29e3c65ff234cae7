import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Batch } from '../../../src/readings/measurement.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'

/** A recorder that runs out of file descriptors and gets them back; says what it told and counted. */
const [folder = ''] = process.argv.slice(2)
const warnings: string[] = []
const now = () => Math.floor((performance.timeOrigin + performance.now()) * 1000)
const sink = createRecordingSink({
  folder,
  flushIntervalMs: 50,
  clock: { now, monotonicMs: () => performance.now(), sleep: async (ms) => void (await sleep(ms)) },
  log: { note: () => {}, warn: (text) => void warnings.push(text) },
})
const ten = (): Batch => ({
  kind: 'batch',
  sensors: ['s'],
  sensor: new Uint32Array(10),
  measuredAt: Float64Array.from({ length: 10 }, now),
  receivedAt: now(),
  value: new Float64Array(10),
  quality: new Uint8Array(10),
})
const until = async (isSo: () => boolean) => {
  while (!isSo()) await sleep(5)
}
await sink.start({ startedAt: now(), sensors: [], assets: [], site: null, tool: 'test', purpose: 'to run out of descriptors' })
await sink.take(ten())
await until(() => sink.progress.stored === 10)
const taken: number[] = []
try {
  for (;;) taken.push(openSync('/dev/null', 'r'))
} catch {
  await sink.take(ten())
  await until(() => sink.progress.trouble !== null)
}
for (const fd of taken) closeSync(fd)
await until(() => sink.progress.trouble === null)
await sink.close('duration')
process.stdout.write(JSON.stringify({ ...sink.tally(), warnings }))
