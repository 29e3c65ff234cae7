import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { buildRecording } from '../../src/recordings/build-recording.js'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { formatManifest } from '../../src/recordings/manifest-file.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { previewRepair, type RepairedRecording, repairRecording } from '../../src/recordings/repair-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import {
  batchFrom,
  recordedLog,
  runOf,
  systemClock,
  T0,
  TEMPERATURE,
  temporaryFolder,
  VIBRATION,
  waveformOf,
} from '../sinks/recording/material.js'
import { startRecorder } from '../sinks/recording/recorder-child.js'
import { recorded } from './material.js'

const SENSORS = [TEMPERATURE, VIBRATION]

/** Two parts of 300 readings, one of a block in two pieces, one event, one gap. */
async function material(): Promise<string> {
  return await recorded(SENSORS, [
    batchFrom([TEMPERATURE], T0, 300),
    waveformOf({ startedAt: T0, samples: new Float32Array(5000).fill(1.5) }),
    batchFrom([TEMPERATURE], T0 + 3_000_000, 300),
    { kind: 'event', at: T0, event: 'mark', severity: 'note', text: 'here', sensors: [] },
    { kind: 'gap', sensors: [TEMPERATURE.key], from: T0, to: T0 + 1, cause: 'x', missing: 1 },
  ])
}

async function repair(folder: string): Promise<RepairedRecording> {
  return await repairRecording(folder, { now: systemClock.now(), tool: 'test', signal: new AbortController().signal })
}

async function flip(folder: string, name: string, offset: number, bit = 0): Promise<void> {
  const path = join(folder, name)
  const bytes = await readFile(path)
  const at = offset < 0 ? bytes.length + offset : offset
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at)
  await writeFile(path, bytes)
}

test('a whole recording needs no repair and stays as it is', async () => {
  const folder = await material()
  const files = await readdir(folder)
  expect(await repair(folder)).toMatchObject({ problems: [], verdict: { ok: true } })
  expect(await readdir(folder)).toEqual(files)
})

test('a dry run says what would be done and touches nothing', async () => {
  const folder = await material()
  await flip(folder, 'readings-000001.parquet', 100)
  await rm(join(folder, 'waveforms-000002.parquet'))
  const files = await readdir(folder)
  expect(await previewRepair(folder)).toMatchObject({
    dryRun: true,
    verdict: null,
    problems: ['readings-000001.parquet: its checksum is wrong', 'waveforms-000002.parquet: it is missing'],
    actions: ['salvage what can be read, move it into damaged/', 'record a gap for it'],
  })
  expect(await readdir(folder)).toEqual(files)
})

test('a part whose footer is gone becomes a gap that counts what was lost; the file is kept', async () => {
  const folder = await material()
  await truncate(join(folder, 'readings-000001.parquet'), 200)
  const { verdict, mended } = await repair(folder)
  expect(mended).toEqual([expect.objectContaining({ name: 'readings-000001.parquet', salvaged: 0, lost: 300 })])
  expect(verdict).toMatchObject({ ok: true, problems: [], produced: 601, stored: 301, dropped: 300, gaps: 2 })
  expect(await readdir(join(folder, 'damaged'))).toEqual(['readings-000001.parquet'])
  const { rows } = await queryRecording({ folders: [folder], sql: "SELECT missing, cause, from_time FROM gaps WHERE cause <> 'x'" })
  expect(rows).toEqual([{ missing: 300, cause: 'readings-000001.parquet was damaged', from_time: '2026-11-22T15:00:00.000000Z' }])
  expect(await repair(folder)).toMatchObject({ problems: [] })
})

test('rows that can still be read are salvaged, and no longer said to be good', async () => {
  const folder = await material()
  // Twelve bytes before the end lies the end of the footer: its text of who wrote it may change without anybody minding.
  await flip(folder, 'readings-000001.parquet', -40)
  const { verdict, mended } = await repair(folder)
  expect(mended).toEqual([expect.objectContaining({ salvaged: 300, lost: 0 })])
  expect(verdict).toMatchObject({ ok: true, stored: 601, dropped: 0, gaps: 1 })
  const { rows } = await queryRecording({
    folders: [folder],
    sql: 'SELECT quality, reason, count(*) n FROM readings GROUP BY ALL ORDER BY ALL',
  })
  expect(rows).toEqual([
    { quality: 'good', reason: null, n: 300 },
    { quality: 'uncertain', reason: 'unverified', n: 300 },
  ])
})

test('of a large part only the row group that is damaged is lost', { timeout: 60_000 }, async () => {
  const folder = await million()
  const size = (await readFile(join(folder, 'readings-000001.parquet'))).length
  await flip(folder, 'readings-000001.parquet', Math.floor(size / 2), 4)
  await flip(folder, 'readings-000001.parquet', Math.floor(size / 2) + 999, 7)
  const { verdict, mended } = await repair(folder)
  expect(verdict).toMatchObject({ ok: true, produced: 1_000_000 })
  expect(mended[0]?.salvaged).toBeGreaterThanOrEqual(1_000_000 - 2 * 122_880)
  expect(verdict?.stored).toBe(mended[0]?.salvaged)
  expect(verdict?.dropped).toBe(mended[0]?.lost)
})

test('wherever a bit flips, the repair reads back and loses no other part', { timeout: 120_000 }, async () => {
  const whole = await material()
  const names = await readdir(whole)
  const originals = new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(whole, name))] as const)))
  for (const name of names) {
    const length = originals.get(name)?.length ?? 0
    for (const [offset, bit] of fc.sample(fc.tuple(fc.integer({ min: 0, max: length - 1 }), fc.integer({ min: 0, max: 7 })), {
      numRuns: 3,
      seed: 11,
    })) {
      const folder = join(await temporaryFolder(), 'run')
      await restore(folder, originals)
      await flip(folder, name, offset, bit)
      const { verdict } = await repair(folder)
      expect(verdict, `${name}, byte ${offset}, bit ${bit}`).toMatchObject({ ok: true, problems: [], state: 'complete' })
      const isPart = name.endsWith('.parquet')
      expect(verdict?.stored, `${name}, byte ${offset}, bit ${bit}`).toBeGreaterThanOrEqual(isPart ? 300 : 601)
    }
  }
})

test('a journal that is cut off, or gone, is made anew out of the parts', async () => {
  for (const left of [0, 500, 1500]) {
    const folder = await material()
    await truncate(join(folder, 'parts.jsonl'), left)
    const { verdict, problems } = await repair(folder)
    expect(problems[0], String(left)).toMatch(/^parts.jsonl: /)
    expect(verdict, String(left)).toMatchObject({
      ok: true,
      problems: [],
      produced: 601,
      stored: 601,
      dropped: 0,
      gaps: 1,
      endedBy: 'duration',
    })
  }
})

test('a manifest that is gone is made anew; what the parts do not tell is unknown', async () => {
  const folder = await material()
  await rm(join(folder, 'manifest.json'))
  const { verdict } = await repair(folder)
  expect(verdict).toMatchObject({ ok: true, problems: [], stored: 601, endedBy: 'fault' })
  const { manifest } = await openRecording(folder)
  expect(manifest.start).toMatchObject({ startedAt: '2026-11-22T15:00:00.000000Z', who: 'unknown', purpose: 'unknown' })
  expect(manifest.sensors).toEqual(SENSORS.map(({ key, unit }) => ({ key, address: `unknown:${key}`, kind: 'other', unit, periodMs: 0 })))
})

test('an interrupted recording is closed at its last flush, with a gap', async () => {
  const folder = await material()
  const { manifest } = await openRecording(folder)
  await writeFile(join(folder, 'manifest.json'), formatManifest({ ...manifest, stop: null }))
  const last = (await openRecording(folder)).journal.entries.at(-1)?.at
  const { verdict } = await repair(folder)
  expect(verdict).toMatchObject({ ok: true, state: 'complete', endedBy: 'fault', stored: 601, gaps: 2 })
  expect((await openRecording(folder)).manifest.stop?.at).toBe(last)
})

test('a killed recorder leaves what a repair closes without losing a flushed reading', { timeout: 60_000 }, async () => {
  const folder = join(await temporaryFolder(), 'run')
  const recorder = await startRecorder(folder, { flushIntervalMs: 30 })
  await systemClock.sleep(500)
  recorder.child.kill('SIGKILL')
  await recorder.exited
  const before = await verifyRecording(folder)
  const { verdict } = await repair(folder)
  expect(verdict).toMatchObject({
    ok: true,
    problems: [],
    state: 'complete',
    endedBy: 'fault',
    stored: before.stored,
    dropped: before.dropped,
  })
})

test('a foreign file is set aside, an empty recording is repaired, and one that is recorded into is refused with the pid', async () => {
  const folder = await recorded([TEMPERATURE], [])
  await writeFile(join(folder, 'readings-000009.parquet'), 'PAR1')
  expect((await repair(folder)).verdict).toMatchObject({ ok: true, stored: 0 })
  expect(await readdir(join(folder, 'damaged'))).toEqual(['readings-000009.parquet'])

  const running = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder: running, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([TEMPERATURE]))
  await expect(repair(running)).rejects.toMatchObject({ code: 'RECORDING_IN_USE', facts: { advice: { pid: String(process.pid) } } })
  await sink.close('duration')
  await expect(repair(await temporaryFolder())).rejects.toMatchObject({ code: 'RECORDING_UNREADABLE' })
})

async function restore(folder: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  const { mkdir } = await import('node:fs/promises')
  await mkdir(folder)
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes)
}

/** A million readings of random value in one part. */
async function million(): Promise<string> {
  const folder = join(await temporaryFolder(), 'run')
  const session = await openDuckdb({ memoryLimitMb: 1024 })
  onTestFinished(session.close)
  await buildRecording({
    folder,
    run: runOf([TEMPERATURE]),
    connection: session.connection,
    endedBy: 'duration',
    signal: new AbortController().signal,
    tables: {
      readings: `SELECT make_timestamp(${T0} + i * 1000) AS time, make_timestamp(${T0}) AS received, '${TEMPERATURE.key}' AS sensor, hash(i) / 1e19 AS value,
        '°C' AS unit, NULL AS text, 0 AS quality FROM range(1000000) t(i)`,
    },
  })
  return folder
}
