import { describe, expect, it } from 'vitest'
import { SinkLane } from '../../src/acquisition/sink-lane.js'
import { countOf, type Freight } from '../../src/readings/measurement.js'
import type { RunStart, Sink } from '../../src/sinks/contract.js'
import { readings } from './fake-driver.js'

interface Gate {
  readonly sink: Sink
  readonly taken: () => number
  readonly release: () => void
}

/** A sink that takes nothing until released, and from then on everything. */
function gated(policy: Sink['policy'], failAfter = Number.POSITIVE_INFINITY): Gate {
  const gate = Promise.withResolvers<void>()
  let stored = 0
  let calls = 0
  const take = async (freight: Freight): Promise<void> => {
    await gate.promise
    if (++calls > failAfter) throw new TypeError('disk full')
    stored += countOf(freight)
  }
  const sink: Sink = {
    name: 'gated',
    policy,
    take,
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    tally: () => ({ stored, buffered: 0, dropped: 0, drops: [] }),
  }
  return { sink, taken: () => stored, release: gate.resolve }
}

const RUN: RunStart = { startedAt: 0, sensors: [], assets: [], site: null, purpose: 'test', tool: 'test' }
const MANY = 1000

describe('the lane before a sink', () => {
  it('makes the road wait for a sink that must not lose', async () => {
    const { sink, release, taken } = gated('wait')
    const lane = new SinkLane(sink, () => undefined)
    await lane.start(RUN)
    let pushed = 0
    const pushing = (async () => {
      for (; pushed < MANY; pushed++) await lane.push(readings(2))
    })()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(pushed).toBeLessThan(300)
    release()
    await pushing
    await lane.close('duration')
    expect(taken()).toBe(2 * MANY)
    expect(lane.tally()).toMatchObject({ stored: 2 * MANY, buffered: 0, dropped: 0 })
  })

  it('holds few items where they are large: its bound is bytes as well', async () => {
    const { sink, release, taken } = gated('wait')
    const lane = new SinkLane(sink, () => undefined)
    await lane.start(RUN)
    const samples = new Float32Array(1024 * 1024)
    const block: Freight = { kind: 'waveform', sensor: 'w', startedAt: 0, receivedAt: 0, sampleRateHz: 51_200, samples, quality: 0 }
    let pushed = 0
    const pushing = (async () => {
      for (; pushed < 50; pushed++) await lane.push(block)
    })()
    await new Promise((resolve) => setTimeout(resolve, 20))
    // 4 MiB each, 16 MiB in all.
    expect(pushed).toBeLessThanOrEqual(4)
    release()
    await pushing
    await lane.close('duration')
    expect(taken()).toBe(50)
  })

  it('drops the oldest before a sink that wants the latest, and counts every one', async () => {
    const { sink, release } = gated('latest')
    const lane = new SinkLane(sink, () => undefined)
    await lane.start(RUN)
    for (let index = 0; index < MANY; index++) await lane.push(readings(2, 1e15 + index * 1e6))
    const before = lane.tally()
    expect(before.stored + before.buffered + before.dropped).toBe(2 * MANY)
    expect(before.dropped).toBeGreaterThan(0)
    release()
    await lane.close('duration')
    const after = lane.tally()
    expect(after.buffered).toBe(0)
    expect(after.stored + after.dropped).toBe(2 * MANY)
    expect(after.drops).toEqual([{ cause: 'gated lags', count: after.dropped, from: 1e15 + 1e6, to: expect.any(Number) as number }])
  })

  it('keeps what comes before the sink has started, and closes no sink that never did', async () => {
    const { sink, release, taken } = gated('wait')
    let closed = 0
    const lane = new SinkLane({ ...sink, close: () => Promise.resolve(void closed++) }, () => undefined)
    release()
    await lane.push(readings(2))
    expect(lane.tally()).toMatchObject({ stored: 0, buffered: 2 })
    await lane.close('fault')
    expect(closed).toBe(0)
    await lane.start(RUN)
    await lane.close('duration')
    expect([taken(), closed]).toEqual([2, 1])
  })

  it('reports a sink that fails once, and counts what it did not take', async () => {
    const { sink, release } = gated('wait', 3)
    const failures: unknown[] = []
    const lane = new SinkLane(sink, (_, cause) => failures.push(cause))
    await lane.start(RUN)
    release()
    for (let index = 0; index < 10; index++) await lane.push(readings(1))
    await lane.close('fault')
    expect(failures).toHaveLength(1)
    expect(lane.tally()).toMatchObject({ stored: 3, buffered: 0, dropped: 7 })
  })
})
