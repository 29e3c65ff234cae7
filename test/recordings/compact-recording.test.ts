import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compactRecording } from '../../src/recordings/compact-recording.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { batchFrom, STATE, T0, TEMPERATURE, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { recorded } from './material.js'

const ROUNDS = 4
const SQL = `SELECT (SELECT sum(hash(time, sensor, value, unit, text, quality, received)::HUGEINT)::VARCHAR FROM readings) r,
  (SELECT sum(hash(time, sensor, sample_rate_hz, samples, sequence, fragment, fragments)::HUGEINT)::VARCHAR FROM waveforms) w,
  (SELECT count(*) FROM readings) n, (SELECT count(*) FROM events) e, (SELECT count(*) FROM gaps) g`
const options = { now: T0, signal: new AbortController().signal }

function everything() {
  return recorded(
    [TEMPERATURE, STATE, VIBRATION],
    Array.from({ length: ROUNDS }, (_, n) => [
      batchFrom([TEMPERATURE, STATE], T0 + n * 1e6, 100),
      waveformOf({ startedAt: T0 + n * 1e6, samples: Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i + n)), sequence: n }),
      { kind: 'event', at: T0 + n, event: 'mark', severity: 'note', text: 'here', sensors: [] } as const,
      { kind: 'gap', sensors: [TEMPERATURE.key], from: T0, to: T0 + n, cause: 'x', missing: n } as const,
    ]).flat(),
  )
}

test('a compacted recording says the same in one part a table, sorted, with a journal of one line, and is still whole', async () => {
  const folder = await everything()
  const before = (await queryRecording({ folders: [folder], sql: SQL })).rows
  expect(await compactRecording(folder, options)).toMatchObject({ before: { parts: 16 }, after: { parts: 4 }, damaged: [] })
  expect((await queryRecording({ folders: [folder], sql: SQL })).rows).toEqual(before)
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], notes: [], stored: 101 * ROUNDS, gaps: ROUNDS, parts: 4 })
  const { journal, parts } = await openRecording(folder)
  expect(journal.entries).toHaveLength(1)
  const names = (await readdir(folder)).filter((name) => name !== 'manifest.json' && name !== 'parts.jsonl')
  expect(names.toSorted()).toEqual(parts.map(({ name }) => name).toSorted())
  const sql = 'SELECT list(sensor || epoch_us(time)) = list_sort(list(sensor || epoch_us(time))) AS sorted FROM readings'
  expect((await queryRecording({ folders: [folder], sql })).rows).toEqual([{ sorted: true }])
  expect(await compactRecording(folder, options)).toMatchObject({ before: { parts: 4 }, after: { parts: 4 } })
})

test('a flipped bit in a compacted part or in a journal that was written anew is found', async () => {
  const folder = await everything()
  await compactRecording(folder, options)
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const whole = await readFile(path)
    for (const share of [0, 0.3, 0.7, 0.999]) {
      const damaged = Buffer.from(whole)
      const offset = Math.floor(share * whole.length)
      damaged.writeUInt8(damaged.readUInt8(offset) ^ 4, offset)
      await writeFile(path, damaged)
      const found = await verifyRecording(folder).then(
        ({ ok }) => !ok,
        () => true,
      )
      expect(found, `${name}, byte ${offset}`).toBe(true)
    }
    await writeFile(path, whole)
  }
  expect(await verifyRecording(folder)).toMatchObject({ ok: true })
})

test('a damaged part is left alone and named: it must not get a right sum', async () => {
  const folder = await everything()
  const path = join(folder, 'readings-000005.parquet')
  const bytes = await readFile(path)
  bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60)
  await writeFile(path, bytes)
  const { damaged } = await compactRecording(folder, options)
  expect(damaged).toEqual([expect.stringContaining('readings-000005.parquet: its checksum is wrong')])
  const { ok, problems } = await verifyRecording(folder)
  expect({ ok, problems }).toEqual({ ok: false, problems: damaged })
})
