import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Freight } from '../../src/readings/measurement.js'
import type { Sensor } from '../../src/readings/sensor.js'
import { buildRecording } from '../../src/recordings/build-recording.js'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { type MergedRecording, type MergeRequest, mergeRecordings } from '../../src/recordings/merge-recordings.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import type { Drop } from '../../src/sinks/contract.js'
import { batchFrom, runOf, STATE, T0, TEMPERATURE, temporaryFolder, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { recorded } from './material.js'

const SECOND = 1_000_000

async function merge(folders: readonly string[], options: Partial<MergeRequest> = {}): Promise<MergedRecording> {
  const out = join(await temporaryFolder(), 'both')
  return await mergeRecordings({ folders, out, renamings: [], tool: 'test', signal: new AbortController().signal, ...options })
}

async function pair(sensors: readonly Sensor[], first: readonly Freight[], second: readonly Freight[]): Promise<[string, string]> {
  return [await recorded(sensors, first, 'a'), await recorded(sensors, second, 'b')]
}

test('rows that two recordings share are counted once and told; the rest of both is there', async () => {
  const wave = waveformOf({ startedAt: T0, samples: Float32Array.from({ length: 9000 }, (_, i) => i), sequence: 1 })
  const whole = batchFrom([TEMPERATURE], T0, 300)
  const folders = await pair(
    [TEMPERATURE, VIBRATION],
    [{ ...whole, ...head(whole, 200) }, wave],
    [{ ...whole, ...tail(whole, 100) }, wave, waveformOf({ startedAt: T0 + SECOND, samples: new Float32Array(10), sequence: 2 })],
  )
  const merged = await merge(folders)
  expect(merged).toMatchObject({ stored: 302, doubled: 101, dropped: 0, sensors: 2 })
  expect(merged.overlaps.map(({ sensor }) => sensor)).toEqual([TEMPERATURE.key, VIBRATION.key].toSorted())
  expect(merged.overlaps.find(({ sensor }) => sensor === TEMPERATURE.key)).toMatchObject({
    from: '2026-11-22T15:00:01.000000Z',
    to: '2026-11-22T15:00:01.990000Z',
  })
  expect(await verifyRecording(merged.path)).toMatchObject({ ok: true, problems: [], stored: 302 })
  const { rows } = await queryRecording({
    folders: [merged.path],
    sql: 'SELECT count(*) n, count(DISTINCT time) t, (SELECT count(*) FROM waveforms) w FROM readings',
  })
  expect(rows).toEqual([{ n: 300, t: 300, w: 4 }])
})

test('a row that one recording itself holds twice stays twice', async () => {
  const batch = batchFrom([TEMPERATURE], T0, 10)
  const merged = await merge(await pair([TEMPERATURE], [batch, batch], [batch]))
  expect(merged).toMatchObject({ stored: 20, doubled: 10 })
})

test('the same time with another value is another reading', async () => {
  const batch = batchFrom([TEMPERATURE], T0, 10)
  const merged = await merge(await pair([TEMPERATURE], [batch], [{ ...batch, value: batch.value.map((value) => value + 1) }]))
  expect(merged).toMatchObject({ stored: 20, doubled: 0 })
})

test('a bad reading has no value and is still the same as itself', async () => {
  const batch = { ...batchFrom([TEMPERATURE], T0, 10), quality: new Uint8Array(10).fill(128) }
  const merged = await merge(await pair([TEMPERATURE], [batch], [batch]))
  expect(merged).toMatchObject({ stored: 10, doubled: 10 })
})

test('a name that means two sensors is refused, and merged once it is renamed', async () => {
  const a = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 10)], 'a')
  const b = await recorded([{ ...TEMPERATURE, unit: '°F' }], [batchFrom([TEMPERATURE], T0, 10)], 'b')
  await expect(merge([a, b])).rejects.toMatchObject({
    code: 'RECORDINGS_DIFFER',
    facts: { message: `${TEMPERATURE.key} means two sensors` },
  })
  const merged = await merge([a, b], { renamings: [{ folder: b, from: TEMPERATURE.key, to: 'pump-247/fahrenheit' }] })
  expect(merged).toMatchObject({ stored: 20, doubled: 0, sensors: 2, overlaps: [] })
  const { rows } = await queryRecording({
    folders: [merged.path],
    sql: 'SELECT sensor, unit, count(*) n FROM readings GROUP BY ALL ORDER BY ALL',
  })
  expect(rows).toEqual([
    { sensor: 'pump-247/bearing-temperature', unit: '°C', n: 10 },
    { sensor: 'pump-247/fahrenheit', unit: '°F', n: 10 },
  ])
  await expect(merge([a, b], { renamings: [{ folder: b, from: 'nobody', to: 'x' }] })).rejects.toMatchObject({
    code: 'RECORDING_SENSOR_UNKNOWN',
  })
})

test('gaps and events of both are there; an empty recording adds nothing', async () => {
  const gap: Freight = { kind: 'gap', sensors: [STATE.key], from: T0, to: T0 + SECOND, cause: 'cable', missing: null }
  const mark: Freight = { kind: 'event', at: T0, event: 'mark', severity: 'note', text: 'here', sensors: [] }
  const [a, b] = await pair([STATE], [gap, mark], [])
  const merged = await merge([a, b])
  expect(await verifyRecording(merged.path)).toMatchObject({ ok: true, gaps: 1, stored: 0 })
})

function head(batch: ReturnType<typeof batchFrom>, count: number) {
  const { sensor, measuredAt, value, quality } = batch
  return {
    sensor: sensor.slice(0, count),
    measuredAt: measuredAt.slice(0, count),
    value: value.slice(0, count),
    quality: quality.slice(0, count),
  }
}

function tail(batch: ReturnType<typeof batchFrom>, from: number) {
  const { sensor, measuredAt, value, quality } = batch
  return { sensor: sensor.slice(from), measuredAt: measuredAt.slice(from), value: value.slice(from), quality: quality.slice(from) }
}

test('what pieces of one recording lost together was lost once', async () => {
  const session = await openDuckdb({ memoryLimitMb: 512 })
  onTestFinished(session.close)
  const piece = async (name: string, drops: readonly Drop[]): Promise<string> => {
    const folder = join(await temporaryFolder(), name)
    const signal = new AbortController().signal
    await buildRecording({
      folder,
      run: runOf([TEMPERATURE]),
      connection: session.connection,
      tables: {},
      endedBy: 'duration',
      signal,
      drops,
    })
    return folder
  }
  const shared = { count: 5, from: T0, to: T0 + SECOND, cause: 'the disk was full' }
  const own = { ...shared, from: T0 + 2 * SECOND, to: T0 + 3 * SECOND }
  const merged = await merge([await piece('a', [shared]), await piece('b', [shared, own])])
  expect(merged).toMatchObject({ stored: 0, dropped: 10 })
  expect(await verifyRecording(merged.path)).toMatchObject({ ok: true, produced: 10, dropped: 10 })
})
