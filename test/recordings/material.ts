import { join } from 'node:path'
import type { Freight } from '../../src/readings/measurement.js'
import type { Sensor } from '../../src/readings/sensor.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import { recordedLog, runOf, systemClock, temporaryFolder } from '../sinks/recording/material.js'

/** A closed recording of these, each piece of freight flushed by itself. */
export async function recorded(sensors: readonly Sensor[], freight: readonly Freight[], name = 'run'): Promise<string> {
  const folder = join(await temporaryFolder(), name)
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog(), flushIntervalMs: 1 })
  await sink.start(runOf(sensors))
  for (const piece of freight) {
    const before = sink.progress.lastFlushAt
    await sink.take(piece)
    while (sink.progress.lastFlushAt === before) await systemClock.sleep(1)
  }
  await sink.close('duration')
  return folder
}
