import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryRecording } from '../../../src/recordings/query-recording.js'
import { verifyRecording } from '../../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { killAndCheck } from './kill-and-check.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE, temporaryFolder } from './material.js'
import { startRecorder } from './recorder-child.js'

const KILLS = 6
const AT_ONCE = 3

test(`a recorder killed at any instant leaves whole parts, says so, and loses nothing committed (${KILLS} kills)`, {
  timeout: 20_000 + KILLS * 4000,
}, async () => {
  const instants = fc.sample(fc.integer({ min: 0, max: 1500 }), { numRuns: KILLS, seed: 7 })
  const root = await temporaryFolder()
  for (let first = 0; first < KILLS; first += AT_ONCE) {
    await Promise.all(instants.slice(first, first + AT_ONCE).map((afterMs, i) => killAndCheck(join(root, `run-${first + i}`), afterMs)))
  }
})

test('a recording whose recorder was killed goes on where it ended, with a gap in between', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const recorder = await startRecorder(folder)
  await systemClock.sleep(400)
  recorder.child.kill('SIGKILL')
  await recorder.exited
  const before = await verifyRecording(folder)
  expect(before.stored).toBeGreaterThan(0)

  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([TEMPERATURE], systemClock.now()))
  expect((await readdir(folder)).filter((name) => name.startsWith('.tmp-'))).toEqual([])
  await sink.take(batchFrom([TEMPERATURE], T0, 10))
  await sink.close('duration')
  expect(sink.tally()).toMatchObject({ stored: 10, buffered: 0, dropped: 0 })
  const after = await verifyRecording(folder)
  expect(after).toMatchObject({ ok: true, problems: [], state: 'complete', gaps: 1, stored: before.stored + 10 })
  const { rows } = await queryRecording({ folders: [folder], sql: 'SELECT from_time < to_time AS forward, cause FROM gaps' })
  expect(rows).toEqual([{ forward: true, cause: 'the recorder ended without closing the recording' }])
})

test('of two recorders on one folder the second is refused with the pid of the first; of many at once one records', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([TEMPERATURE]))
  const second = await startRecorder(folder)
  await second.exited
  expect(second.firstLine).toContain('RECORDING_IN_USE')
  expect(second.firstLine).toContain(String(process.pid))
  const third = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await expect(third.start(runOf([TEMPERATURE]))).rejects.toMatchObject({
    code: 'RECORDING_IN_USE',
    facts: { advice: { pid: String(process.pid) } },
  })
  await third.close('fault')
  await sink.close('duration')

  for (let round = 0; round < 10; round++) {
    const raced = join(await temporaryFolder(), 'run')
    const sinks = Array.from({ length: 5 }, () => createRecordingSink({ folder: raced, clock: systemClock, log: recordedLog() }))
    const outcomes = await Promise.allSettled(sinks.map((one) => one.start(runOf([TEMPERATURE]))))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await Promise.all(sinks.map((one) => one.close('duration')))
    expect(await verifyRecording(raced)).toMatchObject({ ok: true })
  }
})

test('readers never see a half-written file while it is being recorded', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const recorder = await startRecorder(folder, { flushIntervalMs: 20, forMs: 2500 })
  let last = 0
  let reads = 0
  while (recorder.child.exitCode === null) {
    const { rows } = await queryRecording({ folders: [folder], sql: 'SELECT count(*) n, coalesce(max(value) + 1, 0) m FROM readings' })
    const { n, m } = rows[0] as { n: number; m: number }
    expect(n).toBe(m)
    expect(n).toBeGreaterThanOrEqual(last)
    last = n
    reads++
    const verdict = await verifyRecording(folder)
    expect(verdict).toMatchObject({ ok: true, problems: [] })
    for (const name of await readdir(folder))
      if (name.endsWith('.parquet')) expect((await stat(join(folder, name))).size).toBeGreaterThan(12)
  }
  await recorder.exited
  // A busy machine reads seldom; that it reads more than once is what the comparison needs.
  expect(reads).toBeGreaterThan(1)
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, state: 'complete', endedBy: 'duration' })
})
