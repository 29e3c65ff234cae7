import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openRecording } from '../../../src/recordings/open-recording.js'
import { queryRecording } from '../../../src/recordings/query-recording.js'
import { verifyRecording } from '../../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { batchFrom, recordedLog, runOf, STATE, systemClock, T0, TEMPERATURE, temporaryFolder, VIBRATION, waveformOf } from './material.js'

test('small parts become few sorted ones while recording goes on, and not a row is lost, doubled or changed', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const log = recordedLog()
  const compaction = { everyMs: 20, least: 4, journalBytes: 3000 }
  const sink = createRecordingSink({ folder, clock: systemClock, log, flushIntervalMs: 10, compaction })
  await sink.start(runOf([TEMPERATURE, STATE, VIBRATION]))
  const flushes = 40
  for (let n = 0; n < flushes; n++) {
    const before = sink.progress.lastFlushAt
    await sink.take(batchFrom([TEMPERATURE, STATE], T0 + n * 1e6, 50))
    await sink.take(waveformOf({ startedAt: T0 + n * 1e6, samples: new Float32Array(5000).fill(n), sequence: n }))
    while (sink.progress.lastFlushAt === before) await systemClock.sleep(2)
  }
  const started = performance.now()
  while (sink.progress.parts > 12 && performance.now() - started < 5000) await systemClock.sleep(10)
  await sink.close('duration')
  expect(log).toMatchObject({ warnings: [], notes: [] })
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], notes: [], produced: 51 * flushes, stored: 51 * flushes })
  const view = await openRecording(folder)
  expect(view.parts.length).toBeLessThanOrEqual(16)
  // Forty flushes and ten merges took more than fifty lines; one that stands for them is among the first.
  expect(view.journal.entries.length).toBeLessThan(40)
  expect(view.journal.entries.some(({ checkpoint }) => checkpoint !== undefined)).toBe(true)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.parquet'))
  expect(names.toSorted()).toEqual(view.parts.map(({ name }) => name).toSorted())
  const { rows } = await queryRecording({
    folders: [folder],
    sql: `SELECT (SELECT count(*) FROM readings) n, (SELECT count(DISTINCT time) FROM readings) t, (SELECT sum(value) FROM readings) s,
      (SELECT count(*) FROM waveforms) w, (SELECT count(DISTINCT (sequence, fragment)) FROM waveforms) d,
      (SELECT bool_and(samples[1] = sequence AND samples[len(samples)] = sequence) FROM waveforms) same`,
  })
  const sum = flushes * Array.from({ length: 50 }, (_, i) => i / 7).reduce((a, b) => a + b)
  expect(rows).toEqual([
    { n: 50 * flushes, t: 50 * flushes, s: expect.closeTo(sum, 6) as unknown, w: 2 * flushes, d: 2 * flushes, same: true },
  ])
})

test('whoever asks while parts are merged sees every row that was there, once', { timeout: 60_000 }, async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({
    folder,
    clock: systemClock,
    log: recordedLog(),
    flushIntervalMs: 30,
    compaction: { everyMs: 30, least: 4 },
  })
  await sink.start(runOf([TEMPERATURE]))
  const recording = { isOver: false }
  const record = async () => {
    for (let n = 0; !recording.isOver; n++) {
      await sink.take(batchFrom([TEMPERATURE], T0 + n * 1e6, 10))
      await systemClock.sleep(15)
    }
  }
  const ended = record()
  let seen = 0
  for (let asked = 0; asked < 10; asked++) {
    const before = sink.progress.stored
    const { rows, warnings } = await queryRecording({ folders: [folder], sql: 'SELECT count(*) n, count(DISTINCT time) t FROM readings' })
    const { n = 0, t = 0 } = rows[0] as { n?: number; t?: number }
    expect(warnings).toEqual([])
    expect(t).toBe(n)
    expect(n).toBeGreaterThanOrEqual(before)
    expect(n).toBeGreaterThanOrEqual(seen)
    seen = n
    if (asked === 5) expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [] })
  }
  recording.isOver = true
  await ended
  await sink.close('duration')
  const { journal } = await openRecording(folder)
  expect(journal.entries.filter(({ replaces }) => replaces !== undefined).length).toBeGreaterThan(0)
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [] })
})
