import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recordingDriver } from '../../src/drivers/recording/driver.js'
import type { Freight } from '../../src/readings/measurement.js'
import { findLongestWaveform } from '../../src/recordings/longest-waveform.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { readSeries } from '../../src/recordings/read-series.js'
import { readWaveforms } from '../../src/recordings/read-waveforms.js'
import { replaySensors } from '../../src/recordings/replay-sensors.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { batchFrom, T0, TEMPERATURE, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { recorded } from './material.js'

/** Overwrites the middle of the data pages; the footer stays whole. */
async function damage(folder: string, name: string): Promise<void> {
  const path = join(folder, name)
  const bytes = await readFile(path)
  bytes.fill(0xa5, 4, Math.floor(bytes.length / 2))
  await writeFile(path, bytes)
}

const noise = (startedAt: number): Freight =>
  waveformOf({ startedAt, samples: Float32Array.from({ length: 20_000 }, (_, i) => Math.sin(i * i)) })

test('whoever reads a part that is damaged inside is told which it is', async () => {
  const sensors = [TEMPERATURE, VIBRATION]
  const good = await recorded(sensors, [batchFrom([TEMPERATURE], T0, 3)], 'good')
  const folder = await recorded(sensors, [
    batchFrom([TEMPERATURE], T0, 500),
    batchFrom([TEMPERATURE], T0 + 1e7, 500),
    noise(T0),
    noise(T0 + 1e6),
  ])
  await damage(folder, 'readings-000002.parquet')
  const naming = (name: string) => ({
    code: 'RECORDING_UNREADABLE',
    facts: { where: { folder }, because: expect.stringContaining(`${name}: its checksum is wrong`) as unknown },
  })
  const readings = naming('readings-000002.parquet')
  const sql = 'SELECT sum(value) FROM readings'
  await expect(queryRecording({ folders: [good, folder], sql })).rejects.toMatchObject(readings)
  await expect(readSeries({ folder, sensor: TEMPERATURE.key })).rejects.toMatchObject(readings)
  const { sensors: replayed } = await replaySensors(folder, { speed: 'max' })
  await using connection = await recordingDriver.open(replayed, surroundingsOf())
  await expect(Array.fromAsync(connection.measurements())).rejects.toMatchObject(readings)

  const other = await recorded(sensors, [noise(T0), noise(T0 + 1e6)])
  await damage(other, 'waveforms-000002.parquet')
  const waveforms = { code: 'RECORDING_UNREADABLE', facts: { because: expect.stringContaining('waveforms-000002.parquet') as unknown } }
  await expect(readWaveforms({ folder: other, sensor: VIBRATION.key })).rejects.toMatchObject(waveforms)
  await expect(findLongestWaveform({ folder: other, sensor: VIBRATION.key, tailS: 60 })).rejects.toMatchObject(waveforms)
})
