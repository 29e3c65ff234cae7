import { execFile } from 'node:child_process'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { openRecording } from '../../../src/recordings/open-recording.js'
import { verifyRecording } from '../../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE, temporaryFolder, VIBRATION, waveformOf } from './material.js'
import { smallDisk } from './small-disk.js'

test('a slow disk makes take wait, and nothing is dropped', { timeout: 30_000 }, async () => {
  const folder = join(await temporaryFolder(), 'run')
  const maxBufferedBytes = 200_000
  const log = recordedLog()
  const sink = createRecordingSink({ folder, clock: systemClock, log, flushIntervalMs: 20, maxBufferedBytes, compaction: 'none' })
  await sink.start(runOf([TEMPERATURE]))
  const syncMs = 100
  await slowDisk(syncMs)
  const started = performance.now()
  const batches = 20
  let most = 0
  for (let n = 0; n < batches; n++) {
    await sink.take(batchFrom([TEMPERATURE], T0 + n * 1e8, 2000))
    most = Math.max(most, sink.tally().buffered)
  }
  // 62 kB each: the half of the allowance that may fill holds one, so that each but the first two waits for a flush.
  expect(performance.now() - started).toBeGreaterThan((batches - 3) * syncMs)
  expect(most * 31).toBeLessThanOrEqual(maxBufferedBytes)
  await sink.close('duration')
  expect(log.warnings).toEqual([])
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], stored: batches * 2000, dropped: 0, gaps: 0 })
})

test('a recorder without file descriptors says so, keeps what came and goes on when it has some', { timeout: 60_000 }, async ({ skip }) => {
  if (process.platform === 'win32') return skip('Windows has no ulimit')
  const folder = join(await temporaryFolder(), 'run')
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const words = [process.execPath, '--import', here('./run-typescript.mjs'), here('./emfile-process.ts'), folder]
  const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -n 160; exec "$@"', 'sh', ...words])
  const told = JSON.parse(stdout) as { readonly warnings: readonly string[] }
  expect(told).toMatchObject({ stored: 20, buffered: 0, dropped: 0 })
  expect(told.warnings).toHaveLength(1)
  expect(told.warnings[0]).toMatch(/nothing could be written/)
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], stored: 20, dropped: 0 })
})

test('a folder that may not be written is refused at the start', async ({ skip }) => {
  const disk = await smallDisk('size=1m,ro')
  if (disk === undefined) return skip('this machine does not let the test mount a read-only tmpfs')
  const sink = createRecordingSink({ folder: join(disk, 'run'), clock: systemClock, log: recordedLog() })
  await expect(sink.start(runOf([TEMPERATURE]))).rejects.toMatchObject({
    code: 'RECORDING_NOT_WRITABLE',
    facts: { because: expect.stringMatching(/read-only/i) as unknown },
  })
})

test('a recorder that is closed while it merges gives the merge up and leaves nothing of it', { timeout: 60_000 }, async () => {
  const folder = join(await temporaryFolder(), 'run')
  const options = { folder, clock: systemClock, log: recordedLog(), flushIntervalMs: 10 }
  const least = 4
  const sink = createRecordingSink({ ...options, compaction: { everyMs: 1, least } })
  await sink.start(runOf([VIBRATION]))
  const samples = Float32Array.from({ length: 1_000_000 }, () => Math.random())
  for (let n = 0; n < least; n++) {
    const before = sink.progress.parts
    await sink.take(waveformOf({ startedAt: T0 + n * 1e8, samples, sequence: n }))
    while (sink.progress.parts === before && n < least - 1) await systemClock.sleep(1)
  }
  while (!(await readdir(folder)).some((name) => name.startsWith('.tmp-merge')) && sink.progress.parts !== 1) await systemClock.sleep(1)
  const started = performance.now()
  await sink.close('duration')
  // A second on an idle machine; here others may be busy.
  expect(performance.now() - started).toBeLessThan(5000)
  expect((await readdir(folder)).filter((name) => name.startsWith('.tmp'))).toEqual([])
  expect([1, least]).toContain((await openRecording(folder)).parts.length)
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], stored: least })
})

/** Lets every sync of a journal of this process take so long. Ends with the test. */
async function slowDisk(syncMs: number): Promise<void> {
  const any = await open(import.meta.filename)
  const handles = Object.getPrototypeOf(any) as { datasync(): Promise<void> }
  await any.close()
  const { datasync } = handles
  onTestFinished(() => void Object.assign(handles, { datasync }))
  handles.datasync = async function (this: unknown) {
    await systemClock.sleep(syncMs)
    await datasync.call(this)
  }
}
