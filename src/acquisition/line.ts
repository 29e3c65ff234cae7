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
  /** As its driver's `locate` says. */
  readonly connections?: 'one'
}

export type LineState = 'opening' | 'open' | 'broken' | 'ended' | 'failed'

interface LineRun {
  readonly line: Line
  readonly around: Surroundings
  readonly deliver: (freight: Freight) => Promise<void>
  readonly onState: (state: LineState, fault: Fault | null) => Promise<void> | void
  /** Where it takes the place of one that was ended for it. */
  readonly reopening?: Reopening
}

/** Since when nobody has measured, as one line was ended for another; a gap only where that is longer than `graceMs`. */
export interface Reopening extends OpenBreak {
  readonly graceMs: number
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
export async function runLine({ line, around, deliver, onState, reopening }: LineRun): Promise<OpenBreak | undefined> {
  let waits = backOff(line.name)
  let wasOpen = false
  let broken: OpenBreak | undefined
  let absence = absenceSince(reopening)
  const adapters = new Map<string, string>()
  // What is true of now is not true of what a recording replays.
  const isOfNow = line.sensors.every(isLive)
  while (!around.signal.aborted) {
    try {
      await using connection = await line.driver.open(line.sensors, { ...around, adapters })
      await onState('open', null)
      if (isOfNow) await deliver(happening(around, line, 'note', wasOpen ? 'connection restored' : 'connected'))
      const since = broken ?? absence(around.clock.now())
      if (since) await deliver(gapOf(line, since, around.clock.now()))
      absence = () => undefined
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
      if (isOfNow) broken ??= { at: absence()?.at ?? around.clock.now(), cause: fault.message }
      const state = stateAfter(fault, { wasOpen, isOfNow })
      await onState(state, fault)
      if (state === 'failed' || isNews)
        await deliver(happening(around, line, 'fault', `${troubleOf(state, { wasOpen })}: ${fault.message}`))
      if (state === 'failed') return broken
      await around.clock.sleep(fault.retry ? Math.min(waits.next().value, fault.retryWithinMs) : LONGEST_WAIT_MS, around.signal)
    }
  }
  if (wasOpen && !broken) await onState('ended', null)
  return broken
}

async function carry(connection: Connection, deliver: (freight: Freight) => Promise<void>): Promise<void> {
  for await (const measurement of connection.measurements()) await deliver(measurement)
}

/** Whoever was open before will be so again, whatever it says meanwhile; a replay that broke would begin anew. */
function stateAfter(
  fault: DriverFault,
  { wasOpen, isOfNow }: { readonly wasOpen: boolean; readonly isOfNow: boolean },
): 'broken' | 'failed' {
  if (!isOfNow) return 'failed'
  return fault.retry || (wasOpen && fault.code !== 'BUG') ? 'broken' : 'failed'
}

function troubleOf(state: 'broken' | 'failed', { wasOpen }: { readonly wasOpen: boolean }): string {
  if (state === 'failed') return 'gave up'
  return wasOpen ? 'connection lost' : 'cannot connect'
}

/** Since when nobody had measured before the line was first open; without a moment, however short that is. */
function absenceSince(reopening: Reopening | undefined): (now?: EpochMicros) => OpenBreak | undefined {
  return (now = Number.POSITIVE_INFINITY) => (reopening && now - reopening.at > reopening.graceMs * 1000 ? reopening : undefined)
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
