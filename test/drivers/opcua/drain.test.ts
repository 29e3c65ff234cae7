import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { opcuaDriver } from '../../../src/drivers/opcua/driver.js'
import { MeasurementQueue } from '../../../src/drivers/opcua/measurement-queue.js'
import { gapOfUntaken } from '../../../src/drivers/opcua/untaken.js'
import { batchOf } from '../../../src/readings/batch.js'
import type { Freight, Measurement } from '../../../src/readings/measurement.js'
import { machineClock, surroundingsOf } from '../../conformance/surroundings.js'
import { startFakeServer } from '../../fakes/opcua/fake-server.js'

const stateFolder = mkdtempSync(join(tmpdir(), 'opcua-state-'))
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }))

/** What comes while nobody takes it until `reads` more values were read, then an abort. `slownessMs`: how long the taker needs for each. */
async function takeAfterAbort({ reads, slownessMs }: { readonly reads: number; readonly slownessMs: number }) {
  const server = await startFakeServer()
  try {
    const ending = new AbortController()
    let looks = 0
    const clock = {
      ...machineClock,
      now: () => {
        looks++
        return machineClock.now()
      },
    }
    const sensor = { key: 't', address: `${server.url}?node=ns=1;s=Temperature`, kind: 'temperature', unit: null, periodMs: 20 } as const
    const taken: Freight[] = []
    await using connection = await opcuaDriver.open(
      [sensor],
      surroundingsOf({ stateFolder, timeoutMs: 3000, clock, signal: ending.signal }),
    )
    let abortedAtMs = 0
    for await (const measurement of connection.measurements()) {
      taken.push(measurement)
      if (ending.signal.aborted) {
        await clock.sleep(slownessMs)
        continue
      }
      // Every read looks at the clock once; the one being waited for may look before it is queued.
      const enough = looks + reads + 1
      while (looks < enough) await clock.sleep(5)
      abortedAtMs = performance.now()
      ending.abort()
    }
    return { taken, tookMs: performance.now() - abortedAtMs }
  } finally {
    await server.stop()
  }
}

describe('an abort while measurements wait to be taken', () => {
  it('hands over all of them before the end', async () => {
    const { taken } = await takeAfterAbort({ reads: 10, slownessMs: 0 })
    expect(taken.length).toBeGreaterThanOrEqual(11)
  })

  it('ends within a second where they are taken too slowly, and counts the rest as a gap', async () => {
    const { taken, tookMs } = await takeAfterAbort({ reads: 10, slownessMs: 450 })
    expect(tookMs).toBeLessThan(1500)
    const last = taken.at(-1)
    if (last?.kind !== 'gap') return expect.fail('no gap at the end')
    const batches = taken.filter(({ kind }) => kind === 'batch').length
    expect(batches + (last.missing ?? 0)).toBeGreaterThanOrEqual(11)
    expect(last).toMatchObject({ sensors: ['t'], cause: expect.stringContaining('ended') as unknown })
  })
})

describe('the queue at its end', () => {
  const reading = (value: number) => batchOf(['s'], value, [{ sensor: 0, measuredAt: value, value }])

  it('still takes what waited for room when the end came, and nothing later', async () => {
    const queue = new MeasurementQueue()
    let offered = 0
    while (queue.offer(reading(offered)) === 'taken') offered++
    const waiting = queue.put(reading(offered))
    queue.end()
    await waiting
    await queue.put(reading(-1))
    const values: (number | undefined)[] = []
    for await (const measurement of queue) if (measurement.kind === 'batch') values.push(measurement.value[0])
    expect(values).toEqual(Array.from({ length: offered + 1 }, (_, i) => i))
  })

  it('tells of what nobody took, with counts, sensors and times', () => {
    expect(gapOfUntaken([], 9)).toBeNull()
    const rest: readonly Measurement[] = [
      batchOf(['a', 'b'], 5, [
        { sensor: 0, measuredAt: 5, value: 1 },
        { sensor: 1, measuredAt: 5, value: 2 },
      ]),
      { kind: 'waveform', sensor: 'w', startedAt: 3, receivedAt: 6, sampleRateHz: 1, samples: new Float32Array(4), quality: 0 },
      { kind: 'gap', sensors: ['w'], from: 7, to: 8, cause: 'x', missing: 4 },
    ]
    expect(gapOfUntaken(rest, 9)).toMatchObject({ sensors: ['a', 'b', 'w'], from: 3, to: 9, missing: 7 })
  })
})
