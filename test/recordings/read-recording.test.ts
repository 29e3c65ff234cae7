import { describe, expect, test } from 'vitest'
import { joinBlocks, type WaveformBlock } from '../../src/recordings/join-blocks.js'
import { readSeries } from '../../src/recordings/read-series.js'
import { listWaveformSensors, readWaveforms } from '../../src/recordings/read-waveforms.js'
import { batchFrom, STATE, T0, TEMPERATURE, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { recorded } from './material.js'

test('a series is the good readings of one sensor, in time order', async () => {
  const late = batchFrom([TEMPERATURE, STATE], T0 + 1e6, 6)
  const early = { ...batchFrom([TEMPERATURE, STATE], T0, 6), quality: Uint8Array.of(0, 0, 128, 0, 1, 0) }
  late.value[2] = Number.NaN
  const folder = await recorded([TEMPERATURE, STATE], [late, early])
  const { time, value, sensor, asset } = await readSeries({ folder, sensor: TEMPERATURE.key })
  expect([...time]).toEqual([T0 / 1e6, T0 / 1e6 + 1, T0 / 1e6 + 1.04])
  expect([...value]).toEqual([0, 0, 4 / 7])
  expect(sensor).toEqual(TEMPERATURE)
  expect(asset).toMatchObject({ class: 'centrifugal pump' })
  const later = await readSeries({ folder, sensor: TEMPERATURE.key, from: T0 + 1, to: T0 + 1_040_000 })
  expect([...later.time]).toEqual([T0 / 1e6 + 1])
  await expect(readSeries({ folder, sensor: 'nobody' })).rejects.toMatchObject({ code: 'RECORDING_SENSOR_UNKNOWN' })
})

test('waveforms come back as stretches without a hole, sample for sample', async () => {
  const block = (n: number, length: number) =>
    waveformOf({
      startedAt: T0 + Math.round((n * 10_000 * 1e6) / 25_600),
      samples: Float32Array.from({ length }, (_, i) => n * 10_000 + i),
      sequence: n,
    })
  const folder = await recorded([VIBRATION, TEMPERATURE], [block(0, 10_000), block(1, 10_000), block(3, 10_000)])
  const { stretches, sensor } = await readWaveforms({ folder, sensor: VIBRATION.key })
  expect(sensor.unit).toBe('g')
  expect(stretches.map(({ samples, startedAt, sampleRateHz }) => [samples.length, startedAt, sampleRateHz])).toEqual([
    [20_000, T0, 25_600],
    [10_000, T0 + 1_171_875, 25_600],
  ])
  expect(stretches[0]?.samples).toEqual(Float32Array.from({ length: 20_000 }, (_, i) => i))
  expect(await listWaveformSensors(folder)).toEqual([VIBRATION.key])
  expect((await readWaveforms({ folder, sensor: TEMPERATURE.key })).stretches).toEqual([])
  await expect(readWaveforms({ folder, sensor: VIBRATION.key, maxSamples: 100 })).rejects.toMatchObject({ code: 'QUERY_LIMIT' })
})

test('doubles stay doubles where floats would lose something', async () => {
  const exact = Float64Array.of(0.1, 1 / 3, 1e-300)
  const folder = await recorded(
    [VIBRATION],
    [waveformOf({ startedAt: T0, samples: exact }), waveformOf({ startedAt: T0 + 1e6, samples: Float32Array.of(1) })],
  )
  const { stretches } = await readWaveforms({ folder, sensor: VIBRATION.key })
  expect(stretches.map(({ samples }) => [...samples])).toEqual([[...exact], [1]])
})

describe('blocks', () => {
  const block = (startedAt: number, more: Partial<WaveformBlock> = {}): WaveformBlock => ({
    startedAt,
    sampleRateHz: 1000,
    sequence: null,
    fragment: 0,
    quality: 0,
    samples: new Float32Array(100),
    ...more,
  })
  const lengths = (blocks: readonly WaveformBlock[]) => joinBlocks(blocks).map(({ samples }) => samples.length)

  test('join over a jitter of a quarter block and no more', () => {
    expect(lengths([block(0), block(100_000 + 24_000), block(200_000)])).toEqual([300])
    expect(lengths([block(0), block(100_000 + 26_000)])).toEqual([100, 100])
    expect(lengths([block(0), block(200_000)])).toEqual([100, 100])
  })

  test('break where the counter jumps, the rate changes, or one is bad', () => {
    expect(lengths([block(0, { sequence: 1 }), block(100_000, { sequence: 2 }), block(200_000, { sequence: 4 })])).toEqual([200, 100])
    expect(lengths([block(0), block(100_000, { sampleRateHz: 2000 })])).toEqual([100, 100])
    expect(lengths([block(0), block(100_000, { quality: 129 }), block(200_000)])).toEqual([100, 100])
  })
})
