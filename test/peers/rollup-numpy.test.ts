import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Sensor } from '../../src/readings/sensor.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { recorded } from '../recordings/material.js'
import { T0, TEMPERATURE, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { missingPeer } from './requirement.js'

const MISSING = missingPeer('numpy for /usr/bin/python3', ['/usr/bin/python3', '-c', 'import numpy'])
const SCRIPT = fileURLToPath(new URL('./rollup-numpy.py', import.meta.url))

const SENSORS: readonly Sensor[] = [
  TEMPERATURE,
  { ...TEMPERATURE, key: 'meter', kind: 'counter', unit: null },
  { ...TEMPERATURE, key: 'wind', kind: 'other', unit: '°' },
]
const COUNT = 3000

interface Minute {
  readonly sensor: string
  readonly t: number
  readonly count: number
  readonly angle: number
  readonly mean: number
  readonly agreement: number
  readonly increase: number
  readonly resets: number
}

/** A walk of three sensors over ten minutes, a twentieth of it bad; the counter starts anew three times; the wind blows about north. */
function walk() {
  let seed = 42
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
  const value = new Float64Array(COUNT)
  let counter = 0
  for (let i = 0; i < COUNT; i++) {
    counter = i % 1000 === 0 ? random() : counter + random()
    value[i] = i % 3 === 0 ? 20 + random() : i % 3 === 1 ? counter : (350 + 40 * random()) % 360
  }
  const quality = Uint8Array.from({ length: COUNT }, () => (random() < 0.05 ? 128 : 0))
  const measuredAt = Float64Array.from({ length: COUNT }, (_, i) => T0 + i * 200_000)
  return {
    kind: 'batch',
    sensors: SENSORS.map(({ key }) => key),
    sensor: Uint16Array.from({ length: COUNT }, (_, i) => i % 3),
    measuredAt,
    receivedAt: T0,
    value,
    quality,
  } as const
}

test.skipIf(MISSING !== null)(
  `minutes and blocks are what numpy makes of the same readings${MISSING === null ? '' : ` (${MISSING})`}`,
  { timeout: 60_000 },
  async () => {
    const waves = [300, 4096, 9000].map((length, k) =>
      Float32Array.from({ length }, (_, i) => 5 + Math.sin(i / 7) * (k + 1) + Math.cos(i * i) / 3),
    )
    const blocks = waves.map((samples, k) => waveformOf({ startedAt: T0 + k * 1e6, samples, sequence: k }))
    const folder = await recorded([...SENSORS, VIBRATION], [walk(), ...blocks])
    const ask = async (sql: string) => (await queryRecording({ folders: [folder], sql })).rows
    const readings = await ask('SELECT sensor, epoch_us(time) AS t, value FROM readings')
    const { stdout, status, stderr } = spawnSync('/usr/bin/python3', [SCRIPT], {
      input: JSON.stringify({ readings, blocks: waves.map((wave) => [...wave]) }),
      encoding: 'utf8',
      maxBuffer: 1e8,
    })
    expect(status, stderr).toBe(0)
    const theirs = JSON.parse(stdout) as {
      readonly minutes: readonly Minute[]
      readonly blocks: readonly Readonly<Record<string, number>>[]
    }
    const ours = await ask('SELECT * EXCLUDE (time), epoch_us(time) AS t FROM minutes')
    expect(ours).toHaveLength(theirs.minutes.length)
    for (const minute of theirs.minutes) {
      const { angle, agreement, increase, resets, mean, ...plain } = minute
      const own = ours.find(({ sensor, t }) => sensor === minute.sensor && t === minute.t)
      expect(own).toMatchObject(plain)
      if (minute.sensor === 'meter') {
        expect(own).toMatchObject({ mean: null, resets })
        expect(own?.['increase']).toBeCloseTo(increase, 9)
      } else expect(own?.['mean']).toBeCloseTo(minute.sensor === 'wind' ? angle : mean, 9)
      if (minute.sensor === 'wind') expect(own?.['agreement']).toBeCloseTo(agreement, 12)
    }
    const rows = await ask('SELECT mean, rms, peak, crest FROM blocks ORDER BY time')
    theirs.blocks.forEach((block, i) => {
      for (const [name, value] of Object.entries(block)) expect(rows[i]?.[name], `${name} of block ${i}`).toBeCloseTo(value, 9)
    })
  },
)
