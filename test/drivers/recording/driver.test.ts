import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatRecordingAddress, parseRecordingAddress } from '../../../src/drivers/recording/address.js'
import { recordingDriver } from '../../../src/drivers/recording/driver.js'
import type { Freight } from '../../../src/readings/measurement.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { describeDriver } from '../../conformance/driver-conformance.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import {
  batchFrom,
  recordedLog,
  runOf,
  STATE,
  systemClock,
  T0,
  TEMPERATURE,
  temporaryFolder,
  VIBRATION,
  waveformOf,
} from '../../sinks/recording/material.js'

async function record(fill: (sink: ReturnType<typeof createRecordingSink>) => Promise<void> | void): Promise<string> {
  const folder = join(await temporaryFolder(), 'run 1 ä')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([TEMPERATURE, STATE, VIBRATION]))
  await fill(sink)
  await sink.close('duration')
  return folder
}

function asked(folder: string, sensor: Sensor, speed: number | 'max'): Sensor {
  return { ...sensor, address: formatRecordingAddress({ folder, sensor: sensor.key, speed }) }
}

async function replay(sensors: readonly Sensor[], around = surroundingsOf()): Promise<Freight[]> {
  await using connection = await recordingDriver.open(sensors, around)
  const measurements: Freight[] = []
  for await (const measurement of connection.measurements()) measurements.push(measurement)
  return measurements
}

for (const speed of ['max', 2] as const) {
  describeDriver({
    name: `recording at speed ${speed}`,
    driver: recordingDriver,
    flow: 'finite',
    invalidAddresses: [
      'recording://host/run',
      'recording://',
      'recording:///',
      'recording:///run?speed=0',
      'recording:///run?speed=fast',
      'nonsense',
    ],
    async start() {
      const folder = await record(async (sink) => {
        await sink.take(batchFrom([TEMPERATURE, STATE], T0, 100))
        for (let i = 0; i < 10; i++)
          await sink.take(waveformOf({ startedAt: T0 + i * 100_000, samples: new Float32Array(2560), sequence: i }))
      })
      return {
        scope: formatRecordingAddress({ folder: join(folder, '..'), sensor: null, speed: 1 }),
        devices: [formatRecordingAddress({ folder, sensor: null, speed: 1 })],
        device: formatRecordingAddress({ folder, sensor: null, speed }),
        sensors: [TEMPERATURE, STATE, VIBRATION].map((sensor) => asked(folder, sensor, speed)),
        stop: async () => {},
      }
    },
  })
}

test('what was recorded comes back as it was taken, merged by time', async () => {
  const wave = waveformOf({ startedAt: T0 + 15_000, samples: Float32Array.from({ length: 10_000 }, (_, i) => i), sequence: 7 })
  const exact = waveformOf({ startedAt: T0 + 25_000, samples: Float64Array.of(0.1, 0.2) })
  const batch = {
    ...batchFrom([TEMPERATURE, STATE], T0, 4),
    texts: [null, 'on', null, '18446744073709551615'],
    quality: Uint8Array.of(0, 0, 128, 1),
  }
  const gap = { kind: 'gap', sensors: [TEMPERATURE.key], from: T0 + 5000, to: T0 + 6000, cause: 'unplugged', missing: 3 } as const
  const folder = await record(async (sink) => {
    for (const freight of [exact, batch, wave, gap]) await sink.take(freight)
  })
  const measurements = await replay([TEMPERATURE, STATE, VIBRATION].map((sensor) => asked(folder, sensor, 'max')))
  const readings = measurements.flatMap((one) =>
    one.kind === 'batch'
      ? [...one.value.keys()].map((row) => [
          one.sensors[one.sensor[row] ?? -1],
          one.measuredAt[row],
          one.receivedAt,
          one.quality[row] === 128 ? null : one.value[row],
          one.quality[row],
          one.texts?.[row] ?? null,
        ])
      : [],
  )
  expect(readings).toEqual([
    [TEMPERATURE.key, T0, T0 + 40_000, 0, 0, null],
    [STATE.key, T0 + 10_000, T0 + 40_000, 1 / 7, 0, 'on'],
    [TEMPERATURE.key, T0 + 20_000, T0 + 40_000, null, 128, null],
    [STATE.key, T0 + 30_000, T0 + 40_000, 3 / 7, 1, '18446744073709551615'],
  ])
  expect(measurements.filter((one) => one.kind !== 'batch')).toEqual([gap, wave, exact])
  expect(measurements.map((one) => one.kind)).toEqual(['batch', 'gap', 'batch', 'waveform', 'batch', 'waveform', 'batch'])
})

test('two replays are equal, and many overlapping parts come in time order with every reading once', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog(), flushIntervalMs: 5 })
  await sink.start(runOf([TEMPERATURE, STATE]))
  for (let i = 0; i < 20; i++) {
    // Every batch overlaps the next by half, and one reading of each is hours off.
    const batch = batchFrom([TEMPERATURE, STATE], T0 + i * 500_000, 100)
    batch.measuredAt[99] = T0 - i * 3.6e9
    await sink.take(batch)
    await systemClock.sleep(8)
  }
  await sink.close('duration')
  const sensors = [TEMPERATURE, STATE].map((sensor) => asked(folder, sensor, 'max'))
  const [first, second] = [await replay(sensors), await replay(sensors)]
  expect(second).toEqual(first)
  const times = first.flatMap((one) => (one.kind === 'batch' ? [...one.measuredAt] : []))
  expect(times).toHaveLength(2000)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('the pace is that of the recording, times the speed', async () => {
  const folder = await record((sink) => sink.take(batchFrom([TEMPERATURE], T0, 1001)))
  const slept: number[] = []
  let nowMs = 0
  const clock = {
    now: () => 0,
    monotonicMs: () => nowMs,
    sleep: async (ms: number) => {
      slept.push(ms)
      nowMs += ms
    },
  }
  await replay([asked(folder, TEMPERATURE, 4)], surroundingsOf({ clock }))
  // 10 s at fourfold speed; the last batch begins up to 50 ms of recorded time before the last reading.
  expect(nowMs).toBeGreaterThan(2480)
  expect(nowMs).toBeLessThanOrEqual(2500)
  expect(Math.max(...slept)).toBeLessThanOrEqual(50 / 4 + 10)
})

test('an address prints and parses, also with odd folders, keys and relative ones', () => {
  for (const folder of ['/a', '/a b/ä%/c?d', '/x#y/&']) {
    for (const sensor of [null, "pump/o's & co?", 'mqtt://h:1/t?field=/a']) {
      for (const speed of [1, 0.5, 10, 'max'] as const) {
        for (const [from, to] of [
          [null, null],
          [T0 + 1, null],
          [T0, T0 + 1],
        ] as const) {
          const address = { folder, sensor, speed, from, to }
          expect(parseRecordingAddress(formatRecordingAddress(address))).toEqual(address)
        }
      }
    }
  }
  expect(parseRecordingAddress('recording://./Run-1').folder).toBe(join(process.cwd(), 'Run-1'))
  expect(parseRecordingAddress('recording://../Run-1').folder).toBe(join(process.cwd(), '..', 'Run-1'))
})

test('an unknown sensor and a folder that is none are told with what there is', async () => {
  const folder = await record(() => {})
  await expect(recordingDriver.open([asked(folder, { ...TEMPERATURE, key: 'nobody' }, 'max')], surroundingsOf())).rejects.toMatchObject({
    code: 'RECORDING_SENSOR_UNKNOWN',
    retry: false,
    facts: { because: expect.stringContaining(TEMPERATURE.key) as unknown },
  })
  await expect(recordingDriver.probe('recording:///no/such/folder', surroundingsOf())).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
    retry: false,
  })
})
