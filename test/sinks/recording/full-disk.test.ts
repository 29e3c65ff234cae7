import { execFileSync } from 'node:child_process'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { queryRecording } from '../../../src/recordings/query-recording.js'
import { verifyRecording } from '../../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE, temporaryFolder } from './material.js'

const BATCH_ROWS = 1000

/** A file system of 4 MB; undefined where this machine does not let us make one. */
async function smallDisk(): Promise<string | undefined> {
  const folder = await temporaryFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return folder
}

async function until(condition: () => boolean, limitMs = 5000): Promise<void> {
  const started = performance.now()
  while (!condition()) {
    if (performance.now() - started > limitMs) expect.fail('it did not come to pass')
    await systemClock.sleep(10)
  }
}

test('a full disk is told at once, costs bounded memory and counted readings, and recording goes on when there is room', async ({
  skip,
}) => {
  const disk = await smallDisk()
  if (disk === undefined) return skip('this machine does not let the test mount a small tmpfs')
  const folder = join(disk, 'run')
  const log = recordedLog()
  const maxBufferedBytes = 1024 * 1024
  const sink = createRecordingSink({ folder, clock: systemClock, log, flushIntervalMs: 50, maxBufferedBytes })
  await sink.start(runOf([TEMPERATURE]))
  let taken = 0
  const take = async () => {
    await sink.take(batchFrom([TEMPERATURE], T0 + taken * 10_000, BATCH_ROWS))
    taken += BATCH_ROWS
  }
  await take()
  await until(() => sink.progress.stored === taken)

  const { bavail, bsize } = await statfs(disk)
  await writeFile(join(disk, 'ballast'), Buffer.alloc(bavail * bsize))
  await take()
  const filledAt = performance.now()
  await until(() => sink.progress.trouble !== null)
  expect(performance.now() - filledAt).toBeLessThan(1000)
  expect(sink.progress.trouble).toMatch(/space/i)
  expect(log.warnings).toHaveLength(1)
  while (sink.tally().dropped < 20 * BATCH_ROWS) await take()
  const { stored, buffered, dropped, drops } = sink.tally()
  expect(stored + buffered + dropped).toBe(taken)
  expect(buffered * 31).toBeLessThan(maxBufferedBytes)
  expect(drops).toMatchObject([{ count: dropped, cause: expect.stringMatching(/space/i) as unknown }])
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, stored: BATCH_ROWS })

  await rm(join(disk, 'ballast'))
  const freedAt = performance.now()
  await until(() => sink.progress.trouble === null)
  expect(performance.now() - freedAt).toBeLessThan(5000)
  await take()
  await sink.close('duration')
  const verdict = await verifyRecording(folder)
  expect(verdict).toMatchObject({ ok: true, problems: [], produced: taken, stored: taken - dropped, dropped, gaps: 1 })
  const { rows } = await queryRecording({ folders: [folder], sql: 'SELECT missing, from_time < to_time AS forward, cause FROM gaps' })
  expect(rows).toEqual([{ missing: dropped, forward: true, cause: expect.stringMatching(/space/i) as unknown }])
  const events = await queryRecording({ folders: [folder], sql: "SELECT count(*) n FROM events WHERE severity = 'fault'" })
  expect(events.rows).toEqual([{ n: 1 }])
})

test('a disk that is still full at the end is a fault, and the recording stays readable as an interrupted one', async ({ skip }) => {
  const disk = await smallDisk()
  if (disk === undefined) return skip('this machine does not let the test mount a small tmpfs')
  const folder = join(disk, 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog(), flushIntervalMs: 50 })
  await sink.start(runOf([TEMPERATURE]))
  await sink.take(batchFrom([TEMPERATURE], T0, BATCH_ROWS))
  await until(() => sink.progress.stored === BATCH_ROWS)
  const { bavail, bsize } = await statfs(disk)
  await writeFile(join(disk, 'ballast'), Buffer.alloc(bavail * bsize))
  await sink.take(batchFrom([TEMPERATURE], T0 + 1e9, BATCH_ROWS))
  await expect(sink.close('duration')).rejects.toMatchObject({
    code: 'RECORDING_NOT_WRITABLE',
    facts: { because: expect.stringMatching(/1000 measurements were lost/) as unknown },
  })
  expect(sink.tally()).toMatchObject({ stored: BATCH_ROWS, buffered: 0, dropped: BATCH_ROWS })
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, state: 'interrupted', stored: BATCH_ROWS })
})
