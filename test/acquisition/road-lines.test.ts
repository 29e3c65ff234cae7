import { describe, expect, it } from 'vitest'
import { RoadLines } from '../../src/acquisition/road-lines.js'
import { systemClock } from '../../src/cli/system-clock.js'
import { readingsOf } from '../../src/readings/batch.js'
import type { Freight } from '../../src/readings/measurement.js'
import { type Sensor, unnamedSensor } from '../../src/readings/sensor.js'
import { surroundings } from './fake-driver.js'
import { pushingFarEnd } from './pushing-driver.js'

const KEPT: Sensor = { ...unnamedSensor('pushing://far-end/kept'), key: 'kept' }
const OTHER: Sensor = { ...unnamedSensor('pushing://far-end/other'), key: 'other' }

async function handOvers(options: Omit<Parameters<typeof pushingFarEnd>[0], 'now'> & { readonly connections?: 'one' }) {
  const farEnd = pushingFarEnd({ ...options, now: () => systemClock.now() })
  const stop = new AbortController()
  const freight: Freight[] = []
  const lines = new RoadLines({
    around: surroundings(systemClock, stop.signal),
    // A sink that takes its time: what is under way when a line ends must not be lost.
    deliver: async (one) => {
      await new Promise((resolve) => setImmediate(resolve))
      freight.push(one)
    },
    onState: () => Promise.resolve(),
    latest: () => undefined,
  })
  const line = (sensors: readonly Sensor[]) => {
    return {
      name: 'pushing://far-end',
      driver: farEnd.driver,
      sensors,
      ...(options.connections ? { connections: options.connections } : {}),
    }
  }
  const ended = lines.run([line([KEPT])])
  while (lines.running[0]?.state !== 'open') await new Promise((resolve) => setImmediate(resolve))
  const pushing = setInterval(() => [1, 2, 3].forEach(() => farEnd.push()), 1)
  const gaps = () => freight.filter(({ kind }) => kind === 'gap').length
  for (let turn = 0; turn < 20; turn++) {
    const enough = farEnd.pushed() + 10
    await lines.change([line(turn % 2 === 0 ? [KEPT, OTHER] : [KEPT])])
    while (farEnd.pushed() < enough) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  clearInterval(pushing)
  const pushed = farEnd.pushed()
  await new Promise((resolve) => setTimeout(resolve, 50))
  stop.abort()
  await ended
  const values = freight.flatMap((one) => (one.kind === 'batch' ? [...readingsOf(one)].filter(({ sensor }) => sensor === 'kept') : []))
  return { values: values.map(({ value }) => value), pushed, gaps: gaps(), opened: farEnd.opened() }
}

describe('a line whose sensors change', () => {
  it.each(['source', 'receipt'] as const)(
    'is handed over without a reading lost or doubled, twenty times, where readings bear the time of %s',
    { timeout: 60_000 },
    async (stamps) => {
      const { values, pushed, gaps, opened } = await handOvers({ stamps })
      expect(opened).toBe(21)
      expect(pushed).toBeGreaterThan(100)
      expect(values).toEqual(Array.from({ length: pushed }, (_, index) => index + 1))
      expect(gaps).toBe(0)
    },
  )

  it('of a device that takes one connection is opened again when the old one has ended, with nothing doubled', {
    timeout: 60_000,
  }, async () => {
    const { values, opened } = await handOvers({ stamps: 'source', mostConnections: 1 })
    expect(opened).toBe(21)
    expect(values).toEqual([...new Set(values)].toSorted((a, b) => a - b))
  })

  it('of a serial port is never opened twice at once', { timeout: 60_000 }, async () => {
    const { opened, gaps } = await handOvers({ stamps: 'source', mostConnections: 1, connections: 'one' })
    expect(opened).toBe(21)
    expect(gaps).toBe(0)
  })
})
