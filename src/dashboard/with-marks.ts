import type { Clock } from '../readings/clock.js'
import type { Freight, Happening } from '../readings/measurement.js'
import type { EndedBy, Sink } from '../sinks/contract.js'

const MARKS_WAITING = 100

export interface MarkableSink {
  readonly sink: Sink
  /** Leaves a mark at this moment; it is the thing that was set. */
  mark(text: string): Happening
}

/**
 * A sink that takes marks from a person as well. A sink takes one thing at a time, so a mark waits for the next freight, or for the
 * end; its time is that of the key press.
 */
export function withMarks(inner: Sink, clock: Clock): MarkableSink {
  const waiting: Happening[] = []
  const deliver = async (): Promise<void> => {
    for (const mark of waiting.splice(0)) await inner.take(mark)
  }
  const sink: Sink = {
    name: inner.name,
    policy: inner.policy,
    start: (run, tell) => inner.start(run, tell),
    extend: (sensors) => inner.extend?.(sensors) ?? [],
    async take(freight: Freight): Promise<void> {
      if (waiting.length > 0) await deliver()
      await inner.take(freight)
    },
    async close(endedBy: EndedBy): Promise<void> {
      try {
        await deliver()
      } finally {
        await inner.close(endedBy)
      }
    },
    tally: () => inner.tally(),
  }
  return {
    sink,
    mark(text) {
      const mark: Happening = { kind: 'event', at: clock.now(), event: 'mark', severity: 'note', text, sensors: [] }
      if (waiting.length < MARKS_WAITING) waiting.push(mark)
      return mark
    },
  }
}
