import { describe, expect, it } from 'vitest'
import { runLine } from '../../src/acquisition/line.js'
import { DriverFault } from '../../src/drivers/fault.js'
import { countOf, type Freight } from '../../src/readings/measurement.js'
import { unnamedSensor } from '../../src/readings/sensor.js'
import { FakeClock } from './fake-clock.js'
import { fakeDriver, type Life, lost, readings, surroundings } from './fake-driver.js'

const hopeless = new DriverFault('ADDRESS_INVALID', { message: 'no such table', retry: false })
const sensors = [{ ...unnamedSensor('fake://a/b'), key: 's' }]

function start(lives: readonly Life[]) {
  const clock = new FakeClock()
  const stop = new AbortController()
  const driver = fakeDriver(lives)
  const freight: Freight[] = []
  const states: string[] = []
  const ended = runLine({
    line: { name: 'fake://a', driver, sensors },
    around: surroundings(clock, stop.signal),
    deliver: (one) => {
      freight.push(one)
      return Promise.resolve()
    },
    onState: (state) => void states.push(state),
  })
  return { clock, stop, driver, freight, states, ended }
}

describe('a line', () => {
  it('hands on what the device gives and ends with its input', async () => {
    const { ended, freight, states, driver } = start([{ give: [readings(3)], then: 'end' }])
    await ended
    expect(freight.reduce((sum, one) => sum + countOf(one), 0)).toBe(3)
    expect(states).toEqual(['open', 'ended'])
    expect(driver.closed()).toBe(1)
  })

  it('that breaks becomes an event and, once it is back, a gap of just that long', async () => {
    const { clock, stop, ended, freight } = start([
      { give: [readings(1)], then: lost() },
      { refuse: lost() },
      { give: [readings(1)], then: 'silence' },
    ])
    await clock.advance(1000)
    stop.abort()
    await ended
    const gap = freight.find((one) => one.kind === 'gap')
    expect(freight.map(({ kind }) => kind)).toEqual(['event', 'batch', 'event', 'event', 'gap', 'batch'])
    expect(gap).toMatchObject({ sensors: ['s'], cause: 'the line broke', missing: null })
    // Two waits of the back-off: 100 ms and 200 ms, each ± 25 %.
    const lengthMs = gap?.kind === 'gap' ? (gap.to - gap.from) / 1000 : 0
    expect(lengthMs).toBeGreaterThanOrEqual(225)
    expect(lengthMs).toBeLessThanOrEqual(375)
  })

  it('that is still broken when the run ends hands the open break back, with when and why', async () => {
    const { clock, stop, ended } = start([{ give: [readings(1)], then: lost() }, { refuse: lost() }])
    const brokeAt = clock.now()
    await clock.advance(10_000)
    stop.abort()
    expect(await ended).toEqual({ at: brokeAt, cause: 'the line broke' })
  })

  it('that was open before is never given up: a device that restarts says many things', async () => {
    const { clock, stop, ended, states, driver } = start([
      { give: [readings(1)], then: lost() },
      { refuse: hopeless },
      { give: [], then: 'silence' },
    ])
    await clock.advance(60_000)
    stop.abort()
    await ended
    expect(driver.opened()).toBe(3)
    expect(states).toEqual(['open', 'broken', 'broken', 'open', 'ended'])
  })

  it('waits longer and longer between attempts, up to half a minute', async () => {
    const { clock, stop, driver, ended } = start([{ refuse: lost() }])
    await clock.advance(600_000)
    stop.abort()
    await ended
    // 0.1 + 0.2 + … + 25.6 s are nine attempts in 51 s, then one every 30 s ± 25 %.
    expect(driver.opened()).toBeGreaterThan(22)
    expect(driver.opened()).toBeLessThan(36)
  })

  it('waits no longer than the fault asks for where an attempt costs nobody anything', async () => {
    const gone = new DriverFault('PORT_NOT_FOUND', { message: 'unplugged', retry: true, retryWithinMs: 2000 })
    const { clock, stop, driver, ended } = start([{ refuse: gone }])
    await clock.advance(600_000)
    stop.abort()
    await ended
    expect(driver.opened()).toBeGreaterThan(600 / 2 - 1)
  })

  it('gives up where no retry can help, says why, and leaves the break open', async () => {
    const { ended, states, freight } = start([{ refuse: hopeless }])
    expect(await ended).toMatchObject({ cause: 'no such table' })
    expect(states).toEqual(['failed'])
    expect(freight[0]).toMatchObject({ kind: 'event', severity: 'fault', text: 'fake://a: gave up: no such table' })
  })
})
