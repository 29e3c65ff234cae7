import { readdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { queryRecording } from '../../../src/recordings/query-recording.js'
import { verifyRecording } from '../../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE } from './material.js'
import { smallDisk } from './small-disk.js'

const BATCH_ROWS = 1000

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

test('while the disk refuses, a recorder at full speed grows by no more than 64 MiB', { timeout: 30_000 }, async ({ skip }) => {
  const disk = await smallDisk()
  if (disk === undefined) return skip('this machine does not let the test mount a small tmpfs')
  const sink = createRecordingSink({ folder: join(disk, 'run'), clock: systemClock, log: recordedLog(), flushIntervalMs: 50 })
  await sink.start(runOf([TEMPERATURE]))
  const batch = batchFrom([TEMPERATURE], T0, 50_000)
  await sink.take(batch)
  await until(() => sink.progress.stored === 50_000)
  const { bavail, bsize } = await statfs(disk)
  await writeFile(join(disk, 'ballast'), Buffer.alloc(bavail * bsize))
  await sink.take(batch)
  await until(() => sink.progress.trouble !== null)
  const before = process.memoryUsage().rss
  let most = before
  // 300 MB of readings.
  for (let n = 0; n < 200; n++) {
    await sink.take(batch)
    await systemClock.sleep(5)
    most = Math.max(most, process.memoryUsage().rss)
  }
  expect(sink.tally().dropped).toBeGreaterThan(8_000_000)
  expect((most - before) / 2 ** 20).toBeLessThan(64)
  await expect(sink.close('duration')).rejects.toMatchObject({ code: 'RECORDING_NOT_WRITABLE' })
})

test('a disk that becomes full while parts are merged stops the merge and not the recording', { timeout: 30_000 }, async ({ skip }) => {
  const disk = await smallDisk('size=6m')
  if (disk === undefined) return skip('this machine does not let the test mount a small tmpfs')
  const folder = join(disk, 'run')
  const log = recordedLog()
  const least = 8
  const sink = createRecordingSink({ folder, clock: systemClock, log, flushIntervalMs: 20, compaction: { everyMs: 20, least } })
  await sink.start(runOf([TEMPERATURE]))
  const rows = 20_000
  for (let n = 1; n <= least; n++) {
    const batch = batchFrom([TEMPERATURE], T0 + n * 1e9, rows)
    batch.value.set(Float64Array.from({ length: rows }, () => Math.random()))
    if (n === least) {
      // Room for the eighth part, but not for all eight in one.
      const { bavail, bsize } = await statfs(disk)
      await writeFile(join(disk, 'ballast'), Buffer.alloc(bavail * bsize - 600_000))
    }
    await sink.take(batch)
    await until(() => sink.progress.stored === n * rows)
  }
  await until(() => log.notes.some((note) => note.startsWith('small parts stay as they are for now')), 10_000)
  expect((await readdir(folder)).filter((name) => name.startsWith('.tmp-merge'))).toEqual([])
  await rm(join(disk, 'ballast'))
  await sink.close('duration')
  expect(sink.tally()).toMatchObject({ stored: least * rows, dropped: 0 })
  expect(await verifyRecording(folder)).toMatchObject({
    ok: true,
    problems: [],
    parts: expect.any(Number) as unknown,
    stored: least * rows,
  })
})
