import type { Connection, Driver } from '../../src/drivers/contract.js'
import { DriverFault } from '../../src/drivers/fault.js'
import { batchOf } from '../../src/readings/batch.js'
import type { Batch } from '../../src/readings/measurement.js'
import type { Sensor } from '../../src/readings/sensor.js'

/** A far end that counts, and pushes each number to every connection, as a broker does. */
export function pushingFarEnd(options: {
  readonly stamps: 'source' | 'receipt'
  readonly mostConnections?: number
  readonly now: () => number
}) {
  const queues = new Set<{ readonly sensors: readonly Sensor[]; readonly batches: Batch[]; wake: () => void }>()
  let pushed = 0
  let opened = 0
  const driver: Driver = {
    locate: () => ({ line: 'pushing://far-end', reaches: 'value' }),
    probe: () => Promise.reject(new DriverFault('NO_DATA', { message: 'fake', retry: false })),
    open: async (sensors, { signal }): Promise<Connection> => {
      if (queues.size >= (options.mostConnections ?? 2)) throw new DriverFault('CONNECTION_LOST', { message: 'taken', retry: true })
      opened++
      const queue = { sensors, batches: [] as Batch[], wake: (): void => undefined }
      queues.add(queue)
      // What comes before it is read is kept, as a subscription delivers right behind its acknowledgement.
      await new Promise((resolve) => setImmediate(resolve))
      return {
        async *measurements() {
          signal.addEventListener('abort', () => queue.wake(), { once: true })
          while (!signal.aborted || queue.batches.length > 0) {
            const batch = queue.batches.shift()
            if (batch) yield batch
            else await new Promise<void>((wake) => (queue.wake = wake))
          }
        },
        [Symbol.asyncDispose]: () => {
          queues.delete(queue)
          return Promise.resolve()
        },
      }
    },
  }
  return {
    driver,
    opened: () => opened,
    pushed: () => pushed,
    push(): void {
      const value = ++pushed
      for (const { sensors, batches, wake } of queues) {
        const receivedAt = options.now()
        const measuredAt = options.stamps === 'source' ? value : receivedAt
        batches.push(
          batchOf(
            sensors.map(({ key }) => key),
            receivedAt,
            sensors.map((_, sensor) => ({ sensor, measuredAt, value })),
          ),
        )
        wake()
      }
    },
  }
}
