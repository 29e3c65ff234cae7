import { expect, test } from 'vitest'
import type { Freight } from '../../../src/readings/measurement.js'
import { bytesOf, FreightBuffer } from '../../../src/sinks/recording/freight-buffer.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { createSensorDictionary } from '../../../src/sinks/recording/sensor-dictionary.js'
import { batchFrom, recordedLog, runOf, STATE, systemClock, T0, temporaryFolder, VIBRATION, waveformOf } from './material.js'

const LONG = 'é'.repeat(10_000)
const texts = (count: number, text: string): Freight => ({
  ...batchFrom([STATE], T0, count),
  texts: Array.from({ length: count }, (_, i) => (i % 2 === 0 ? text : null)),
})

test('what freight will take is known before it is taken, texts and pieces of a block included', () => {
  const pieces: readonly (readonly [Freight, number])[] = [
    [batchFrom([STATE], T0, 100), 100 * 31],
    [texts(10, LONG), 5 * 2 * LONG.length],
    [{ kind: 'event', at: T0, event: 'mark', severity: 'note', text: LONG, sensors: [] }, 2 * LONG.length],
    [{ kind: 'gap', sensors: Array.from({ length: 5000 }, () => STATE.key), from: T0, to: T0, cause: LONG, missing: null }, 60_000],
    [waveformOf({ startedAt: T0, samples: new Float32Array(50_000) }), 200_000],
  ]
  const dictionary = createSensorDictionary([STATE, VIBRATION])
  for (const [freight, atLeast] of pieces) {
    const buffer = new FreightBuffer()
    buffer.append(freight, dictionary)
    expect(bytesOf(freight)).toBe(buffer.bytes)
    expect(bytesOf(freight)).toBeGreaterThanOrEqual(atLeast)
    expect(bytesOf(freight)).toBeLessThan(1.2 * atLeast + 3000)
  }
})

test('long texts make a recorder wait for its disk before the allowance is passed, not after', async () => {
  const maxBufferedBytes = 400_000
  const sink = createRecordingSink({
    folder: `${await temporaryFolder()}/run`,
    clock: systemClock,
    log: recordedLog(),
    flushIntervalMs: 60_000,
    maxBufferedBytes,
  })
  await sink.start(runOf([STATE]))
  // 100 kB each: the half of the allowance that may fill holds one.
  for (let n = 1; n <= 5; n++) {
    await sink.take(texts(10, LONG))
    expect(sink.tally()).toMatchObject({ stored: 10 * (n - 1), buffered: 10 })
  }
  await sink.close('duration')
})
