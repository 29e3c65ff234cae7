import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Driver, Finding, Surroundings } from '../../src/drivers/contract.js'
import { DriverFault } from '../../src/drivers/fault.js'
import { CATALOGUE } from '../../src/faults/catalogue.js'
import type { Sensor } from '../../src/readings/sensor.js'
import { activeResources, expectNothingLeft } from './leftovers.js'
import { type Observed, observe } from './observed.js'
import { surroundingsOf } from './surroundings.js'

/** A far end that speaks the driver's real bytes, started afresh for each test. */
export interface FarEnd {
  /** What `discover` is given; left out where the driver discovers nothing. */
  readonly scope?: string
  /** Addresses that discovery of `scope` must meet (others are welcome). */
  readonly devices?: readonly string[]
  /** An address that `probe` takes and that offers at least one value. */
  readonly device: string
  /** Sensors of one line whose values are good. Polled ones: give them a short period (50–200 ms). */
  readonly sensors: readonly Sensor[]
  /** Sensors of the same line that exist and never give a good value. */
  readonly badSensors?: readonly Sensor[]
  /** An address whose far end is not there; left out where there can be none. */
  readonly unreachable?: string
  /** Breaks the line from outside while it is in use; left out where there is no line. */
  breakLine?(): Promise<void> | void
  /** After `breakLine`: the far end can be reached again. */
  mendLine?(): Promise<void> | void
  stop(): Promise<void>
}

export interface DriverUnderTest {
  readonly name: string
  readonly driver: Driver
  /**
   * `polled`: every sensor once per period. `pushed`: as they come, by themselves.
   * `finite`: ends by itself (a recording as fast as possible).
   */
  readonly flow: 'polled' | 'pushed' | 'finite'
  /** Addresses that nobody can understand. */
  readonly invalidAddresses: readonly string[]
  start(): Promise<FarEnd>
  /** What the driver needs around it beyond time (credentials, a state folder). */
  readonly surroundings?: Partial<Surroundings>
  /** How long to wait for what must come; 8 s unless told. */
  readonly patienceMs?: number
}

/** Ends within 1 s of an abort: the contract's number. A busy machine may add half of it. */
const ABORT_LIMIT_MS = 1500
/** Enough readings of each sensor to tell order and quality. */
const READINGS = 5
/** Enough to tell a period: a reading that waits for a time-out and one that does not lie up to two periods nearer. */
const READINGS_OF_A_PERIOD = 12

/** One suite for every driver: what src/drivers/contract.ts promises, seen from outside. */
export function describeDriver(under: DriverUnderTest): void {
  describe(`${under.name} keeps the promises of every driver`, () => {
    let far: FarEnd
    let ended: AbortController
    let around: Surroundings
    const { driver, patienceMs = 8000 } = under

    beforeEach(async () => {
      far = await under.start()
      ended = new AbortController()
      around = surroundingsOf({ ...under.surroundings, signal: ended.signal })
    })
    afterEach(async () => {
      ended.abort()
      await far.stop()
    })

    it('says what an address reaches without touching anything', () => {
      const before = activeResources()
      for (const sensor of [...far.sensors, ...(far.badSensors ?? [])]) expect(driver.locate(sensor.address).reaches).toBe('value')
      expect(driver.locate(far.device).reaches).toBe('device')
      expect(new Set(far.sensors.map((sensor) => driver.locate(sensor.address).line)).size).toBe(1)
      expect([...activeResources()].filter(([kind, count]) => count > (before.get(kind) ?? 0) && kind !== 'Timeout')).toEqual([])
    })

    it('refuses an address that it cannot understand, with an example of a good one', () => {
      for (const address of under.invalidAddresses) {
        const fault = faultOf(() => driver.locate(address))
        expect(fault.code, address).toBe('ADDRESS_INVALID')
        expect(fault.retry, address).toBe(false)
        expect(fault.facts.advice?.['example'], address).toBeTruthy()
      }
    })

    it('discovers what is there and leaves everything closed', async ({ skip }) => {
      if (!driver.discover || far.scope === undefined) return skip(`${under.name} discovers nothing`)
      const before = activeResources()
      const findings: Finding[] = []
      for await (const finding of driver.discover(far.scope, around)) findings.push(finding)
      const addresses = findings.map((finding) => finding.address)
      expect(new Set(addresses).size, 'each finding once').toBe(addresses.length)
      expect(addresses).toEqual(expect.arrayContaining([...(far.devices ?? [])]))
      for (const finding of findings) {
        expect(driver.locate(finding.address)).toBeDefined()
        expect(finding.confidence).toBeGreaterThanOrEqual(0)
        expect(finding.confidence).toBeLessThanOrEqual(1)
        expect(finding.evidence).not.toBe('')
      }
      await expectNothingLeft(before, ended.signal)
    })

    it('stops a discovery that is left at its first finding', async ({ skip }) => {
      if (!driver.discover || far.scope === undefined) return skip(`${under.name} discovers nothing`)
      const before = activeResources()
      for await (const finding of driver.discover(far.scope, around)) {
        expect(finding.address).not.toBe('')
        break
      }
      await expectNothingLeft(before, ended.signal)
    })

    it('ends a discovery within a second of an abort, without a fault', async ({ skip }) => {
      if (!driver.discover || far.scope === undefined) return skip(`${under.name} discovers nothing`)
      const before = activeResources()
      const abortedAt = { ms: performance.now() }
      for await (const finding of driver.discover(far.scope, around)) {
        expect(finding.address).not.toBe('')
        abortedAt.ms = performance.now()
        ended.abort()
      }
      if (ended.signal.aborted) expect(performance.now() - abortedAt.ms).toBeLessThan(ABORT_LIMIT_MS)
      await expectNothingLeft(before, ended.signal)
    })

    it('probes a device, offers addresses that can be read, and leaves everything closed', async () => {
      const before = activeResources()
      const report = await driver.probe(far.device, around)
      expect(report.points.length).toBeGreaterThan(0)
      for (const point of report.points) {
        expect(driver.locate(point.address).reaches, point.address).toBe('value')
        expect(point.confidence).toBeGreaterThanOrEqual(0)
        expect(point.confidence).toBeLessThanOrEqual(1)
        expect(point.evidence).not.toBe('')
      }
      await expectNothingLeft(before, ended.signal)
    })

    it('tells of a far end that is not there by a DriverFault with exit code 3, from probe and from open', async ({ skip }) => {
      const { unreachable } = far
      if (unreachable === undefined) return skip(`${under.name} needs no far end`)
      const before = activeResources()
      const sensor: Sensor = { key: 'nobody', address: unreachable, kind: 'other', unit: null, periodMs: 100 }
      for (const attempt of [() => driver.probe(unreachable, around), () => readUntil([sensor], around, () => false)]) {
        const fault = await faultFrom(attempt())
        expect(CATALOGUE[fault.code].exitCode).toBe(3)
        expect(fault.retry).toBe(true)
      }
      await expectNothingLeft(before, ended.signal)
    })

    it('gives good values of every sensor, in time order', async () => {
      const before = activeResources()
      const seen = await observeAll(far.sensors, around)
      for (const sensor of far.sensors) {
        const { times, good } = seen.get(sensor.key) ?? { times: [], good: 0 }
        expect(good, `good values of ${sensor.key}`).toBeGreaterThan(0)
        expect(times, `times of ${sensor.key}`).toEqual([...times].sort((a, b) => a - b))
        expect(times.every((at) => Number.isInteger(at) && at > 0)).toBe(true)
      }
      await expectNothingLeft(before)
    })

    it('gives every polled sensor once per period, as good or as bad', async ({ skip }) => {
      if (under.flow !== 'polled') return skip(`${under.name} does not poll`)
      const bad = far.badSensors ?? []
      const seen = await observeAll([...far.sensors, ...bad], around, READINGS_OF_A_PERIOD)
      for (const sensor of [...far.sensors, ...bad]) {
        const times = seen.get(sensor.key)?.times ?? []
        const meanMs = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000 / (times.length - 1)
        expect(meanMs / sensor.periodMs, `mean period of ${sensor.key} against the asked one`).toBeGreaterThan(0.6)
        expect(meanMs / sensor.periodMs, `mean period of ${sensor.key} against the asked one`).toBeLessThan(1.5)
      }
      for (const sensor of bad) expect(seen.get(sensor.key), sensor.key).toMatchObject({ good: 0 })
    })

    it('ends its measurements within a second of an abort, without a fault', async () => {
      const before = activeResources()
      await using connection = await driver.open(far.sensors, around)
      let abortedAtMs = performance.now()
      for await (const measurement of connection.measurements()) {
        expect(measurement.kind).toBeDefined()
        if (ended.signal.aborted) continue
        abortedAtMs = performance.now()
        ended.abort()
      }
      expect(performance.now() - abortedAtMs).toBeLessThan(ABORT_LIMIT_MS)
      await connection[Symbol.asyncDispose]()
      await expectNothingLeft(before, ended.signal)
    })

    it('ends its measurements when it is disposed of, and may be disposed of twice', async () => {
      const before = activeResources()
      const connection = await driver.open(far.sensors, around)
      const first = Promise.withResolvers<string>()
      const running = (async () => {
        for await (const measurement of connection.measurements()) first.resolve(measurement.kind)
        first.resolve('ended')
      })()
      await first.promise
      await connection[Symbol.asyncDispose]()
      await connection[Symbol.asyncDispose]()
      await within(running, ABORT_LIMIT_MS, 'measurements went on after disposal')
      await expectNothingLeft(before, ended.signal)
    })

    it('leaves nothing when it was opened and never asked for a measurement', async () => {
      const before = activeResources()
      const connection = await driver.open(far.sensors, around)
      await connection[Symbol.asyncDispose]()
      await expectNothingLeft(before, ended.signal)
    })

    it('opens again after it was closed', async () => {
      for (let round = 0; round < 2; round++) {
        const seen = await readUntil(far.sensors, around, (all) => all.size > 0)
        expect(seen.size).toBeGreaterThan(0)
      }
    })

    it('tells of a broken line by a DriverFault worth a retry, and opens again when the line is back', async ({ skip }) => {
      if (!far.breakLine) return skip(`${under.name} has no line to break`)
      const before = activeResources()
      let broken = false
      const fault = await faultFrom(
        readUntil(far.sensors, around, () => {
          if (!broken) void far.breakLine?.()
          broken = true
          return false
        }),
      )
      expect(fault.retry).toBe(true)
      expect(CATALOGUE[fault.code].exitCode).toBe(3)
      await far.mendLine?.()
      const again = await readUntil(far.sensors, around, (all) => all.size > 0)
      expect(again.size).toBeGreaterThan(0)
      if (!far.mendLine) await expectNothingLeft(before, ended.signal)
    })

    /** Opens, collects until it is enough (or the source ends), closes. */
    async function readUntil(
      sensors: readonly Sensor[],
      opened: Surroundings,
      isEnough: (seen: ReadonlyMap<string, Observed>) => boolean,
    ): Promise<ReadonlyMap<string, Observed>> {
      const seen = new Map<string, Observed>()
      const collect = async (): Promise<void> => {
        await using connection = await driver.open(sensors, opened)
        for await (const measurement of connection.measurements()) {
          observe(seen, measurement)
          if (isEnough(seen)) break
        }
      }
      await within(collect(), patienceMs, `not enough came within ${patienceMs} ms`, () => `; seen ${describeSeen(seen)}`)
      return seen
    }

    function observeAll(sensors: readonly Sensor[], opened: Surroundings, readings = READINGS): Promise<ReadonlyMap<string, Observed>> {
      return readUntil(sensors, opened, (seen) => sensors.every((sensor) => (seen.get(sensor.key)?.times.length ?? 0) >= readings))
    }
  })
}

function describeSeen(seen: ReadonlyMap<string, Observed>): string {
  return [...seen].map(([key, { times, good, bad }]) => `${key}: ${times.length} (${good} good, ${bad} bad)`).join(', ') || 'nothing'
}

async function within<T>(promise: Promise<T>, limitMs: number, otherwise: string, more: () => string = () => ''): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise}${more()}`)), limitMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function faultOf(act: () => unknown): DriverFault {
  try {
    act()
  } catch (thrown) {
    return asDriverFault(thrown)
  }
  return expect.fail('nothing was thrown')
}

async function faultFrom(promise: Promise<unknown>): Promise<DriverFault> {
  return asDriverFault(
    await promise.then(
      () => expect.fail('nothing was thrown'),
      (thrown: unknown) => thrown,
    ),
  )
}

function asDriverFault(thrown: unknown): DriverFault {
  expect(thrown, 'only DriverFault is thrown').toBeInstanceOf(DriverFault)
  return thrown as DriverFault
}
