import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assessVibration } from '../../src/analysis/vibration/assess.js'
import type { Asset } from '../../src/readings/asset.js'
import type { Freight } from '../../src/readings/measurement.js'
import type { Sensor } from '../../src/readings/sensor.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import { readVibration, type VibrationOptions } from '../../src/waveform-files/read-vibration.js'
import { syntheticRecord } from '../analysis/synthetic-bearing.js'
import { recordedLog, runOf, systemClock, T0, temporaryFolder, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { BEARING_6205 } from '../synthetic/bearing-signal.js'

const SPEED: Sensor = {
  key: 'pump-247/speed',
  address: 'modbus-tcp://10.0.0.5/1/holding/1',
  kind: 'speed',
  unit: 'rpm',
  periodMs: 1000,
  asset: 'pump-247',
}
const PUMP: Asset = {
  key: 'pump-247',
  ratedSpeedRpm: 1500,
  ratedPowerKw: 55,
  support: 'rigid',
  bearing: BEARING_6205,
  speedSensor: SPEED.key,
}
const NO_OPTIONS: VibrationOptions = {
  sensor: undefined,
  speedRpm: undefined,
  bearing: undefined,
  unit: undefined,
  powerKw: undefined,
  support: undefined,
}

async function recorded(freight: Iterable<Freight>): Promise<string> {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog(), flushIntervalMs: 1000 })
  await sink.start({ ...runOf([VIBRATION, SPEED]), assets: [PUMP] })
  for (const piece of freight) await sink.take(piece)
  await sink.close('duration')
  return folder
}

function blocks(samples: Float64Array): Freight[] {
  return Array.from({ length: samples.length / 12_800 }, (_, n) =>
    waveformOf({ startedAt: T0 + n * 500_000, samples: Float32Array.from(samples.subarray(n * 12_800, (n + 1) * 12_800)), sequence: n }),
  )
}

function speedReadings(rpm: number, from = T0): Freight {
  return {
    kind: 'batch',
    sensors: [SPEED.key],
    sensor: new Uint32Array(3),
    measuredAt: Float64Array.of(from, from + 1e6, from + 2e6),
    receivedAt: from + 2e6,
    value: Float64Array.of(rpm, rpm + 1, rpm - 1),
    quality: new Uint8Array(3),
  }
}

describe('a recording', () => {
  it('gives the waveform with the nameplate of its asset and the speed that was measured meanwhile', async () => {
    const samples = syntheticRecord({ fault: 'outer-race', seed: 2 })
    const folder = await recorded([...blocks(samples), speedReadings(1482)])
    const input = await readVibration(folder, NO_OPTIONS)
    expect(input.samples).toEqual(Float32Array.from(samples))
    expect(input).toMatchObject({
      file: 'run',
      channel: VIBRATION.key,
      unit: 'g',
      notes: [],
      bearing: BEARING_6205,
      machine: { ratedPowerKw: 55, support: 'rigid' },
    })
    expect(input.shaftSpeedRpm).toBeCloseTo(1482, 6)
    const { bearing, severity } = assessVibration(input)
    expect(bearing?.verdict).toBe('outer-race')
    expect(severity).toMatchObject({ group: 2, support: 'rigid' })
  })

  it('without a measured speed takes the rated one and says so; what is said on the command line wins', async () => {
    const folder = await recorded(blocks(syntheticRecord({ fault: null, seed: 2, durationS: 1 })))
    const input = await readVibration(folder, NO_OPTIONS)
    expect(input.shaftSpeedRpm).toBe(1500)
    expect(input.notes?.join()).toContain('rated')
    const said = await readVibration(folder, { ...NO_OPTIONS, speedRpm: 1490, powerKw: 400, support: 'flexible', unit: 'm/s²' })
    expect(said).toMatchObject({
      shaftSpeedRpm: 1490,
      unit: 'm/s²',
      notes: ['the recording says g; taken as m/s², as stated'],
      machine: { ratedPowerKw: 400, support: 'flexible' },
    })
    const silent = readVibration(folder, { ...NO_OPTIONS, sensor: SPEED.key })
    await expect(silent).rejects.toMatchObject({ code: 'WAVEFORMS_ABSENT' })
    await expect(silent).rejects.toThrow(`${SPEED.key} has no waveforms`)
  })

  it('of an hour is judged by stretches from its start to its end, each with the speed of its time, and says which', async () => {
    const [RATE, LENGTH, COUNT] = [2000, 100_000, 65]
    const blockMicros = (LENGTH / RATE) * 1e6
    function* hour(): Generator<Freight> {
      for (let n = 0; n < COUNT; n++) {
        yield waveformOf({ startedAt: T0 + n * blockMicros, samples: new Float32Array(LENGTH).fill(n), sampleRateHz: RATE, sequence: n })
        yield speedReadings(n < 40 ? 900 : 1482, T0 + n * blockMicros + 5e6)
      }
    }
    const folder = await recorded(hour())
    const input = await readVibration(folder, NO_OPTIONS)
    const stretches = [input, ...(input.whole?.others ?? [])]
    expect(stretches.map(({ samples }) => samples.length)).toEqual(Array.from({ length: 5 }, () => 2 ** 20))
    expect(stretches.map(({ shaftSpeedRpm }) => Math.round(shaftSpeedRpm ?? 0))).toEqual([900, 900, 900, 1482, 1482])
    // The last stretch ends with the record: 2^20 samples before it block 54 was under way.
    expect(stretches.map(({ samples }) => samples[0])).toEqual([0, 13, 27, 40, 54])
    expect(stretches[4]?.samples.at(-1)).toBe(COUNT - 1)
    expect(input.whole?.durationS).toBe(3250)
    expect(input.notes).toEqual([expect.stringMatching(/^levels, spectra and verdicts rest on 5 stretches of 524.3 s at 0 s, /)])
    const said = await readVibration(folder, { ...NO_OPTIONS, speedRpm: 1490 })
    expect(said.whole?.others.map(({ shaftSpeedRpm }) => shaftSpeedRpm)).toEqual([1490, 1490, 1490, 1490])
  })

  it('takes the speed nearest to a waveform that is shorter than its period, and none from another time', async () => {
    const short = waveformOf({ startedAt: T0 + 100_000, samples: new Float32Array(2560) })
    const between = await readVibration(await recorded([short, speedReadings(1482, T0 - 2e6)]), NO_OPTIONS)
    expect(between).toMatchObject({ shaftSpeedRpm: 1481, notes: [] })
    const longAgo = await readVibration(await recorded([short, speedReadings(900, T0 - 100e6)]), NO_OPTIONS)
    expect(longAgo).toMatchObject({ shaftSpeedRpm: 1500, notes: [expect.stringContaining('rated')] })
  })

  it('of several stretches the longest is taken, wherever it lies', async () => {
    const block = (startedAt: number, length: number, value: number) =>
      waveformOf({ startedAt, samples: new Float32Array(length).fill(value), sampleRateHz: 1000 })
    const folder = await recorded([block(T0, 3000, 1), block(T0 + 3e6, 5000, 2), block(T0 + 20e6, 7000, 3)])
    const input = await readVibration(folder, NO_OPTIONS)
    expect(input.samples).toEqual(Float32Array.from({ length: 8000 }, (_, i) => (i < 3000 ? 1 : 2)))
    expect(input.notes?.join()).toContain('1 holes')
  })
})
