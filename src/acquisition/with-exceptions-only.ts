import type { Freight } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import type { EndedBy, RunStart, Sink, Tally } from '../sinks/contract.js'
import { ExceptionReporting, type ExceptionRules } from './exception-reporting.js'

/** A sink before which readings that say nothing new are left out; how many is in its tally and, as an event, in what it keeps. */
export function withExceptionsOnly(inner: Sink, rules: ExceptionRules): Sink {
  let reporting: ExceptionReporting | undefined
  /** When the latest came in, in the time of what is recorded: that is not now where a recording is replayed. */
  let latestAt: EpochMicros = 0

  async function takeAll(freight: readonly Freight[]): Promise<void> {
    for (const one of freight) await inner.take(one)
  }

  return {
    name: inner.name,
    policy: inner.policy,
    ...(inner.patienceMs === undefined ? {} : { patienceMs: inner.patienceMs }),
    start(run: RunStart, tell) {
      if (ExceptionReporting.concerns(run.sensors, rules)) reporting = new ExceptionReporting(run.sensors, rules)
      return inner.start(run, tell)
    },
    async extend(sensors) {
      const refusals = (await inner.extend?.(sensors)) ?? []
      const taken = sensors.filter(({ key }) => !refusals.some((refusal) => refusal.key === key))
      if (reporting) reporting.follow(taken)
      else if (ExceptionReporting.concerns(taken, rules)) reporting = new ExceptionReporting(taken, rules)
      return refusals
    },
    take(freight) {
      if (freight.kind === 'batch') latestAt = Math.max(latestAt, freight.receivedAt)
      return reporting ? takeAll(reporting.pass(freight)) : inner.take(freight)
    },
    async close(endedBy: EndedBy) {
      if (reporting && latestAt > 0) {
        await takeAll(reporting.rest())
        const text = `${reporting.leftOut} readings that lay within their deadbands were left out`
        await inner.take({ kind: 'event', at: latestAt, event: 'recording', severity: 'note', text, sensors: [] })
      }
      await inner.close(endedBy)
    },
    tally: (): Tally => ({ ...inner.tally(), leftOut: reporting?.leftOut ?? 0 }),
  }
}
