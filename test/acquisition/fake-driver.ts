import type { Connection, Driver, Surroundings } from '../../src/drivers/contract.js'
import { DriverFault } from '../../src/drivers/fault.js'
import { batchOf } from '../../src/readings/batch.js'
import type { Clock } from '../../src/readings/clock.js'
import type { Measurement } from '../../src/readings/measurement.js'

/** What one opening of the line does: refuse, or give these and then end or break. */
export type Life =
  | { readonly refuse: DriverFault }
  | { readonly give: readonly Measurement[]; readonly then: 'end' | DriverFault | 'silence' }

/** A driver whose line lives the given lives one after the other; the last one again and again. */
export function fakeDriver(lives: readonly Life[]): Driver & { readonly opened: () => number; readonly closed: () => number } {
  let opened = 0
  let closed = 0
  return {
    opened: () => opened,
    closed: () => closed,
    locate: (address) => ({ line: address, reaches: 'value' }),
    probe: () => Promise.reject(new DriverFault('NO_DATA', { message: 'fake', retry: false })),
    open: (_, around) => {
      const life = lives[Math.min(opened, lives.length - 1)]
      opened++
      if (!life || 'refuse' in life) return Promise.reject(life?.refuse ?? lost())
      return Promise.resolve<Connection>({
        measurements: () => live(life, around),
        [Symbol.asyncDispose]: () => {
          closed++
          return Promise.resolve()
        },
      })
    },
  }
}

async function* live(life: Exclude<Life, { readonly refuse: DriverFault }>, { signal }: Surroundings): AsyncGenerator<Measurement> {
  yield* life.give
  if (life.then === 'end') return
  if (life.then !== 'silence') throw life.then
  await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })))
}

export function lost(): DriverFault {
  return new DriverFault('CONNECTION_LOST', { message: 'the line broke', retry: true })
}

export function surroundings(clock: Clock, signal: AbortSignal): Surroundings {
  return { clock, signal, log: { note: () => undefined, warn: () => undefined }, timeoutMs: 500, stateFolder: '/nowhere' }
}

/** n readings of sensor `s`, one a millisecond. */
export function readings(count: number, from = 1_700_000_000_000_000): Measurement {
  return batchOf(
    ['s'],
    from,
    Array.from({ length: count }, (_, index) => ({ sensor: 0, measuredAt: from + index * 1000, value: index })),
  )
}
