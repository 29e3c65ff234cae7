import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Batch, countOf, type Freight } from '../../src/readings/measurement.js'
import type { Sensor } from '../../src/readings/sensor.js'
import type { RunStart, Sink } from '../../src/sinks/contract.js'
import { activeResources, expectNothingLeft } from './leftovers.js'

/** A sink at work, with its far end (a folder, a server) under the test's control. */
export interface SinkAtWork {
  readonly sink: Sink
  /** How many readings and waveform blocks the far end holds, asked there and not of the sink. */
  countStored(): Promise<number>
  /** Makes the far end refuse from now on; left out where that cannot be done. */
  breakFarEnd?(): Promise<void> | void
  stop(): Promise<void>
}

export interface SinkUnderTest {
  readonly name: string
  start(): Promise<SinkAtWork>
}

const T0 = 1_795_359_600_000_000
const BATCHES = 50
const BATCH_ROWS = 40
const SENSORS: readonly Sensor[] = ['a', 'b'].map((key) => ({
  key,
  address: `mqtt://10.0.0.5/${key}`,
  kind: 'other',
  unit: 'bar',
  periodMs: 100,
}))
const RUN: RunStart = { startedAt: T0, sensors: SENSORS, assets: [], site: null, tool: 'test', purpose: 'conformance' }

/** One suite for every sink: what src/sinks/contract.ts promises, seen from outside. */
export function describeSink(under: SinkUnderTest): void {
  describe(`${under.name} keeps the promises of every sink`, () => {
    let work: SinkAtWork
    let taken: number
    beforeEach(async () => {
      work = await under.start()
      taken = 0
    })
    afterEach(() => work.stop())

    async function take(freight: Freight): Promise<void> {
      await work.sink.take(freight)
      taken += countOf(freight)
    }

    function expectLaw(): void {
      const { stored, buffered, dropped, drops } = work.sink.tally()
      expect(stored + buffered + dropped, 'taken = stored + buffered + dropped').toBe(taken)
      expect(
        drops.reduce((sum, { count }) => sum + count, 0),
        'every drop has a time range and a cause',
      ).toBe(dropped)
      for (const { from, to, cause } of drops) {
        expect(from).toBeLessThanOrEqual(to)
        expect(cause).not.toBe('')
      }
    }

    it('keeps the law after every piece of freight, and stores what it says it stored', async () => {
      await work.sink.start(RUN)
      for (let n = 0; n < BATCHES; n++) {
        await take(batch(n))
        await take({
          kind: 'waveform',
          sensor: 'a',
          startedAt: T0 + n,
          receivedAt: T0 + n,
          sampleRateHz: 1000,
          samples: new Float32Array(10),
          quality: 0,
        })
        expectLaw()
      }
      await take({ kind: 'gap', sensors: ['a'], from: T0, to: T0 + 1, cause: 'unplugged', missing: null })
      await take({ kind: 'event', at: T0, event: 'mark', severity: 'note', text: 'here', sensors: [] })
      await work.sink.close('duration')
      expectLaw()
      const { stored, buffered, dropped } = work.sink.tally()
      expect({ buffered, dropped }).toEqual({ buffered: 0, dropped: 0 })
      expect(await work.countStored()).toBe(stored)
    })

    it('takes empty batches and sensors that nobody announced', async () => {
      await work.sink.start(RUN)
      await take({
        ...batch(0),
        sensor: new Uint32Array(0),
        measuredAt: new Float64Array(0),
        value: new Float64Array(0),
        quality: new Uint8Array(0),
      })
      await take({ ...batch(1), sensors: ['stranger', 'b'] })
      await work.sink.close('duration')
      expectLaw()
      expect(await work.countStored()).toBe(BATCH_ROWS)
    })

    it('keeps its own copy of a batch only as long as the batch stays as it was: it never changes one', async () => {
      await work.sink.start(RUN)
      const freight = batch(3)
      await take(freight)
      expect(freight).toEqual(batch(3))
      await work.sink.close('duration')
      expect(freight).toEqual(batch(3))
    })

    it('is closed without a run that was worth it, and leaves nothing behind', async () => {
      const before = activeResources()
      await work.sink.start(RUN)
      await work.sink.close('interrupt')
      expectLaw()
      expect(await work.countStored()).toBe(0)
      await expectNothingLeft(before)
    })

    it('counts what it could not store when its far end refuses, and says so at the end', async ({ skip }) => {
      if (!work.breakFarEnd) return skip(`the far end of ${under.name} cannot be broken here`)
      await work.sink.start(RUN)
      await take(batch(0))
      await work.breakFarEnd()
      for (let n = 1; n < BATCHES; n++) await take(batch(n))
      await expect(work.sink.close('duration')).rejects.toMatchObject({ name: expect.stringMatching(/Fault$/) as unknown })
      expectLaw()
      expect(work.sink.tally().buffered).toBe(0)
      expect(work.sink.tally().dropped).toBeGreaterThan(0)
    })
  })
}

function batch(n: number): Batch {
  return {
    kind: 'batch',
    sensors: SENSORS.map(({ key }) => key),
    sensor: Uint32Array.from({ length: BATCH_ROWS }, (_, i) => i % 2),
    measuredAt: Float64Array.from({ length: BATCH_ROWS }, (_, i) => T0 + n * 1e6 + i * 1000),
    receivedAt: T0 + (n + 1) * 1e6,
    value: Float64Array.from({ length: BATCH_ROWS }, (_, i) => n + i / 10),
    quality: new Uint8Array(BATCH_ROWS),
  }
}
