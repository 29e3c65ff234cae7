import type { Connection, Driver, Surroundings } from '../drivers/contract.js'
import { DriverFault } from '../drivers/fault.js'
import type { Fault } from '../faults/fault.js'
import { reasonOf } from '../faults/fault.js'
import type { Freight, Gap, Happening } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'
import { backOff, LONGEST_WAIT_MS } from './back-off.js'
import { isLive } from './is-live.js'

/** Sensors that share one connection, and the driver that opens it. */
export interface Line {
  readonly name: string
  readonly driver: Driver
  readonly sensors: readonly Sensor[]
}

export type LineState = 'opening' | 'open' | 'broken' | 'ended' | 'failed'

interface LineRun {
  readonly line: Line
  readonly around: Surroundings
  readonly deliver: (freight: Freight) => Promise<void>
  readonly onState: (state: LineState, fault: Fault | null) => Promise<void> | void
}

/** A stretch without the line that had not ended when the run did. */
export interface OpenBreak {
  readonly at: EpochMicros
  readonly cause: string
}

/**
 * Keeps one line open until the signal aborts or its input ends: a break becomes an event and, once it is over, a Gap.
 * A fault that no retry can mend gives the line up, unless it has been open before: a device that restarts says many things before it
 * is itself again. Never rejects.
 * @returns the break that is still open, for the road to close with a Gap when the run ends; undefined where there is none.
 */
export async function runLine({ line, around, deliver, onState }: LineRun): Promise<OpenBreak | undefined> {
  let waits = backOff(line.name)
  let wasOpen = false
  let broken: OpenBreak | undefined
  const adapters = new Map<string, string>()
  // What is true of now is not true of what a recording replays, and a replay that broke would begin anew.
  const isOfNow = line.sensors.every(isLive)
  while (!around.signal.aborted) {
    try {
      await using connection = await line.driver.open(line.sensors, { ...around, adapters })
      await onState('open', null)
      if (isOfNow) await deliver(happening(around, line, 'note', wasOpen ? 'connection restored' : 'connected'))
      if (broken) await deliver(gapOf(line, broken, around.clock.now()))
      broken = undefined
      wasOpen = true
      await carry(connection, async (freight) => {
        waits = backOff(line.name)
        await deliver(freight)
      })
      await onState('ended', null)
      return undefined
    } catch (thrown) {
      if (around.signal.aborted) break
      const fault = asFault(thrown, line)
      const isNews = broken === undefined
      if (isOfNow) broken ??= { at: around.clock.now(), cause: fault.message }
      const isHopeless = isOfNow ? !fault.retry && !(wasOpen && fault.code !== 'BUG') : true
      await onState(isHopeless ? 'failed' : 'broken', fault)
      if (isHopeless) await deliver(happening(around, line, 'fault', `gave up: ${fault.message}`))
      else if (isNews)
        await deliver(happening(around, line, 'fault', `${wasOpen ? 'connection lost' : 'cannot connect'}: ${fault.message}`))
      if (isHopeless) return broken
      await around.clock.sleep(fault.retry ? Math.min(waits.next().value, fault.retryWithinMs) : LONGEST_WAIT_MS, around.signal)
    }
  }
  if (wasOpen && !broken) await onState('ended', null)
  return broken
}

async function carry(connection: Connection, deliver: (freight: Freight) => Promise<void>): Promise<void> {
  for await (const measurement of connection.measurements()) await deliver(measurement)
}

function asFault(thrown: unknown, line: Line): DriverFault {
  if (thrown instanceof DriverFault) return thrown
  return new DriverFault('BUG', { message: `the driver of ${line.name} failed: ${reasonOf(thrown)}`, cause: thrown, retry: false })
}

function happening(around: Surroundings, line: Line, severity: Happening['severity'], text: string): Happening {
  return {
    kind: 'event',
    at: around.clock.now(),
    event: 'connection',
    severity,
    text: `${line.name}: ${text}`,
    sensors: line.sensors.map(({ key }) => key),
  }
}

export function gapOf(line: Line, since: OpenBreak, to: EpochMicros): Gap {
  return { kind: 'gap', sensors: line.sensors.map(({ key }) => key), from: since.at, to, cause: since.cause, missing: null }
}
