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
  /** Where undelivered freight waits for a later run: mends the far end and gives the sink of that run. */
  startAgain?(): Promise<Sink> | Sink
  stop(): Promise<void>
}

export interface SinkUnderTest {
  readonly name: string
  /** What becomes of waveform blocks; stored where it is left out. */
  readonly waveforms?: 'stored' | 'dropped'
  /** `latest`: what nobody asked for in time is dropped, by design. */
  readonly keeps?: 'everything' | 'latest'
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
      // The end of a run does not wait long for a far end; until here it has had no time at all.
      if (work.startAgain) await expect.poll(() => work.sink.tally().buffered, { timeout: 15_000 }).toBe(0)
      await work.sink.close('duration')
      expectLaw()
      const { stored, buffered, dropped } = work.sink.tally()
      expect(buffered).toBe(0)
      if (under.keeps !== 'latest') expect(dropped).toBe(under.waveforms === 'dropped' ? BATCHES : 0)
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
      expect(work.sink.tally().buffered).toBe(0)
      expect(await work.countStored()).toBe(under.keeps === 'latest' ? work.sink.tally().stored : BATCH_ROWS)
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

    it('keeps what a broken far end does not take, never waits for it, and delivers it in a later run, once', async ({ skip }) => {
      if (!work.breakFarEnd || !work.startAgain) return skip(`${under.name} has nothing to deliver later`)
      await work.sink.start(RUN)
      await take(batch(0))
      await work.breakFarEnd()
      for (let n = 1; n < BATCHES; n++) {
        const before = performance.now()
        await take(batch(n))
        expect(performance.now() - before, 'take does not wait').toBeLessThan(500)
        expectLaw()
      }
      await work.sink.close('duration')
      expectLaw()
      const { buffered, spooled, dropped } = work.sink.tally()
      expect({ spooled, dropped }).toEqual({ spooled: buffered, dropped: 0 })
      expect(buffered).toBeGreaterThan(0)

      const later = await work.startAgain()
      await later.start({ ...RUN, startedAt: RUN.startedAt + 1 })
      await expect.poll(() => later.tally().earlier?.buffered ?? 0, { timeout: 15_000 }).toBe(0)
      await later.close('duration')
      expect(later.tally()).toMatchObject({ stored: 0, buffered: 0, dropped: 0, earlier: { stored: buffered, dropped: 0 } })
      expect(await work.countStored()).toBe(taken)
    })

    it('counts what it could not store when its far end refuses, and says so at the end', async ({ skip }) => {
      if (!work.breakFarEnd || work.startAgain) return skip(`the far end of ${under.name} cannot be broken for good`)
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
