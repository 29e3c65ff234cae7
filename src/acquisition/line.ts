import type { Connection, Driver, Surroundings } from '../drivers/contract.js'
import { DriverFault } from '../drivers/fault.js'
import type { Fault } from '../faults/fault.js'
import { reasonOf } from '../faults/fault.js'
import type { Freight, Happening } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'
import { backOff } from './back-off.js'

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

/**
 * Keeps one line open until the signal aborts or its input ends: a break becomes an event and, once it is over, a Gap.
 * Never rejects: a fault that no retry can mend ends this line only.
 */
export async function runLine({ line, around, deliver, onState }: LineRun): Promise<void> {
  let waits = backOff(line.name)
  let brokenSince: { readonly at: EpochMicros; readonly cause: string } | undefined
  while (!around.signal.aborted) {
    try {
      await using connection = await line.driver.open(line.sensors, around)
      await onState('open', null)
      await deliver(happening(around, line, 'note', brokenSince ? 'connection restored' : 'connected'))
      if (brokenSince) await deliver(gapOf(line, brokenSince, around.clock.now()))
      brokenSince = undefined
      await carry(connection, async (freight) => {
        waits = backOff(line.name)
        await deliver(freight)
      })
      await onState('ended', null)
      return
    } catch (thrown) {
      if (around.signal.aborted) break
      const fault = asFault(thrown, line)
      if (!fault.retry) {
        await onState('failed', fault)
        await deliver(happening(around, line, 'fault', `gave up: ${fault.message}`))
        return
      }
      if (!brokenSince) await deliver(happening(around, line, 'fault', `connection lost: ${fault.message}`))
      brokenSince ??= { at: around.clock.now(), cause: fault.message }
      await onState('broken', fault)
      await around.clock.sleep(Math.min(waits.next().value, fault.retryWithinMs), around.signal)
    }
  }
  if (brokenSince) await deliver(gapOf(line, brokenSince, around.clock.now()))
  await onState('ended', null)
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

function gapOf(line: Line, since: { readonly at: EpochMicros; readonly cause: string }, to: EpochMicros): Freight {
  return { kind: 'gap', sensors: line.sensors.map(({ key }) => key), from: since.at, to, cause: since.cause, missing: null }
}
