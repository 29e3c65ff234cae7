import type { Sensor } from '../../readings/sensor.js'
import type { Connection, Surroundings } from '../contract.js'
import { invalid, lineOf, parseModbusPoint } from './address.js'
import { connectLine } from './connect-line.js'
import { targetOf } from './medium.js'
import { pollSensors } from './poll.js'

/** Opens the line that all these sensors share. */
export async function openModbus(sensors: readonly Sensor[], around: Surroundings): Promise<Connection> {
  const [first, ...others] = sensors.map((sensor) => parseModbusPoint(sensor.address))
  if (!first) return { measurements: async function* () {}, [Symbol.asyncDispose]: async () => {} }
  const stray = others.find((point) => lineOf(point) !== lineOf(first))
  if (stray)
    throw invalid(
      lineOf(stray),
      `it is another line than ${lineOf(first)}; sensors of one connection share host and port, or a serial port and its settings`,
    )

  const { signal, clock, timeoutMs, adapters, traffic } = around
  const client = await connectLine(targetOf(first), { connectTimeoutMs: timeoutMs, signal, clock, adapters, traffic })
  const ended = new AbortController()
  const end = (): void => {
    ended.abort()
    void client.close()
  }
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  return {
    measurements: () => pollSensors(client, sensors, around, ended.signal),
    [Symbol.asyncDispose]: async () => {
      signal.removeEventListener('abort', end)
      ended.abort()
      await client.close()
    },
  }
}
