import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatManifest, readManifest } from '../../../src/recordings/manifest-file.js'
import { openRecording } from '../../../src/recordings/open-recording.js'
import { queryRecording } from '../../../src/recordings/query-recording.js'
import { replaceFile } from '../../../src/recordings/replace-file.js'
import { verifyRecording } from '../../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { recorded } from '../../recordings/material.js'
import { type DyingDisk, dyingDisk } from './dying-disk.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE } from './material.js'

const PARTS = 5
const ROWS = 20

/** An interrupted recording of five small parts. */
async function template(): Promise<string> {
  const batches = Array.from({ length: PARTS }, (_, n) => batchFrom([TEMPERATURE], T0 + n * 1e6, ROWS))
  const folder = await recorded([TEMPERATURE], batches)
  const { manifest } = await readManifest(folder)
  await replaceFile(join(folder, 'manifest.json'), formatManifest({ ...manifest, stop: null }))
  return folder
}

async function expectAllThere(folder: string, label: string): Promise<void> {
  expect(await verifyRecording(folder), label).toMatchObject({ ok: true, problems: [], stored: PARTS * ROWS })
  const sql = 'SELECT count(*) n, count(DISTINCT time) t, sum(value) s FROM readings'
  const { rows } = await queryRecording({ folders: [folder], sql })
  const sum = PARTS * Array.from({ length: ROWS }, (_, i) => i / 7).reduce((a, b) => a + b)
  expect(rows, label).toEqual([{ n: PARTS * ROWS, t: PARTS * ROWS, s: expect.closeTo(sum, 6) as unknown }])
}

/** Goes on where the recorder died, merges, and is killed at the n-th change of the disk after that began; resolves when dead or done. */
async function compactAndDie(folder: string, disk: DyingDisk, n: number): Promise<'died' | 'done'> {
  const sink = createRecordingSink({
    folder,
    clock: systemClock,
    log: recordedLog(),
    flushIntervalMs: 60_000,
    compaction: { everyMs: 30, least: PARTS },
  })
  await sink.start(runOf([TEMPERATURE]))
  disk.dieAt(n)
  while (disk.count() < n && sink.progress.parts > 1) await systemClock.sleep(1)
  // What was under way when it died has come to a stop.
  if (disk.count() >= n) await systemClock.sleep(20)
  const isDone = disk.count() < n
  disk.dieAt(0)
  if (isDone) await sink.close('duration')
  await disk.bury()
  return isDone ? 'done' : 'died'
}

test('a recorder killed at any step of a merge leaves every row once, and the next one cleans up', { timeout: 60_000 }, async () => {
  const disk = await dyingDisk()
  const from = await template()
  let step = 1
  for (let outcome = 'died'; outcome === 'died'; step++) {
    const folder = `${from}-${step}`
    await cp(from, folder, { recursive: true })
    outcome = await compactAndDie(folder, disk, step)
    // The process lives on and so does its lock; a kill would have freed it.
    for (const name of await readdir(folder)) if (name.endsWith('.lock')) await rm(join(folder, name))
    await expectAllThere(folder, `killed at step ${step}`)
    if (outcome === 'done') break
    const next = createRecordingSink({ folder, clock: systemClock, log: recordedLog(), compaction: 'none' })
    await next.start(runOf([TEMPERATURE]))
    await next.close('duration')
    await expectAllThere(folder, `resumed after step ${step}`)
    const live = (await openRecording(folder)).parts.map(({ name }) => name)
    const names = (await readdir(folder)).filter((name) => name.endsWith('.parquet') || name.startsWith('.tmp'))
    expect(names.toSorted(), `resumed after step ${step}`).toEqual(live.toSorted())
  }
  // Twenty changes and more: writing, syncing, naming, committing, showing, deleting five.
  expect(step).toBeGreaterThan(15)
})
