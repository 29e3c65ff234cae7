import type { AttributeIds } from 'node-opcua-client'
import { DataType, DataValue, NodeId, StatusCodes, Variant } from 'node-opcua-client'
import { describe, expect, it } from 'vitest'
import type { ModbusLine } from '../../src/drivers/modbus/exchange.js'
import { pollSensors } from '../../src/drivers/modbus/poll.js'
import { readCyclically } from '../../src/drivers/opcua/cyclic-read.js'
import { MeasurementQueue } from '../../src/drivers/opcua/measurement-queue.js'
import type { OpcUaSession } from '../../src/drivers/opcua/session.js'
import { parseSerialAddress } from '../../src/drivers/serial/address.js'
import { askInTurn } from '../../src/drivers/serial/ask-in-turn.js'
import type { Asker } from '../../src/drivers/serial/asker.js'
import { planRounds } from '../../src/drivers/serial/question-plan.js'
import { SimulatedLine } from '../../src/drivers/simulator/simulated-line.js'
import type { Clock } from '../../src/readings/clock.js'
import type { Freight } from '../../src/readings/measurement.js'
import { type Sensor, unnamedSensor } from '../../src/readings/sensor.js'
import { surroundingsOf } from '../conformance/surroundings.js'

const T0 = 1_795_359_600_000_000

/** Time passes while somebody sleeps, all at once, and while a far end takes its time. */
class VirtualClock implements Clock {
  ms = 0
  now(): number {
    return T0 + Math.round(this.ms * 1000)
  }
  monotonicMs(): number {
    return this.ms
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted !== true) this.ms += Math.max(0, ms)
    return Promise.resolve()
  }
}

/** What one poll of a far end takes, by its number. */
type Pace = (poll: number) => number

interface Polling {
  readonly clock: VirtualClock
  readonly pace: Pace
  readonly sensors: readonly Sensor[]
  readonly ended: AbortSignal
}

type Poll = (polling: Polling) => AsyncIterable<Freight>

async function* modbus({ clock, pace, sensors, ended }: Polling): AsyncGenerator<Freight> {
  let polls = 0
  const line: ModbusLine = {
    target: { kind: 'tcp', host: '127.0.0.1', port: 1 } as unknown as ModbusLine['target'],
    gone: new AbortController().signal,
    isForeign: false,
    window: 1,
    widestWindow: 1,
    ask({ pdu }) {
      const tookMs = pace(polls++)
      clock.ms += tookMs
      const count = pdu[4] ?? 0
      return Promise.resolve({ kind: 'reply', pdu: Uint8Array.from([pdu[0] ?? 0, 2 * count, ...new Uint8Array(2 * count)]), tookMs })
    },
    close: () => Promise.resolve(),
  }
  yield* pollSensors(line, sensors, surroundingsOf({ clock, signal: ended }), ended)
}

async function* serial({ clock, pace, sensors, ended }: Polling): AsyncGenerator<Freight> {
  let polls = 0
  const asker = {
    ask: () => {
      clock.ms += pace(polls++)
      return Promise.resolve({ kind: 'answer', message: { text: '1.5', at: clock.now() } })
    },
  } as unknown as Asker
  const rounds = planRounds(sensors.map((sensor, index) => ({ index, sensor, address: parseSerialAddress(sensor.address) })))
  const told: Freight[] = []
  const stop = new AbortController()
  const signal = AbortSignal.any([ended, stop.signal])
  const give = (rows: readonly { readonly sensor?: number; readonly index?: number }[]) => {
    const index = rows[0]?.sensor ?? rows[0]?.index ?? 0
    told.push(reading(sensors[index]?.key ?? '', clock.now()))
    if (told.length >= 5000 || clock.ms > 4 * 86_400_000) stop.abort()
  }
  await askInTurn(rounds, { asker, around: surroundingsOf({ clock }), signal, give, tell: (gap) => void told.push(gap) })
  yield* told
}

async function* opcua({ clock, pace, sensors, ended }: Polling): AsyncGenerator<Freight> {
  let polls = 0
  const queue = new MeasurementQueue()
  const opened = {
    link: { address: 'opc.tcp://127.0.0.1', ask: (_: string, act: () => unknown) => act() },
    session: {
      read: (nodes: { attributeId: AttributeIds }[]) => {
        clock.ms += pace(polls++)
        const value = new Variant({ dataType: DataType.Double, value: polls })
        return Promise.resolve(nodes.map(() => new DataValue({ value, statusCode: StatusCodes.Good })))
      },
    },
  } as unknown as OpcUaSession
  const scalars = sensors.map((sensor) => ({ sensor, node: NodeId.resolveNodeId('ns=2;s=a'), index: null }))
  const stop = new AbortController()
  const signal = AbortSignal.any([ended, stop.signal])
  const around = surroundingsOf({ clock, signal })
  const cyclic = readCyclically({ opened, scalars, queue, around, goodQuality: 0, signal }, sensors[0]?.periodMs ?? 0)
  try {
    yield* queue
  } finally {
    stop.abort()
    queue.end()
    await cyclic
  }
}

async function* simulator({ clock, sensors, ended }: Polling): AsyncGenerator<Freight> {
  await using line = new SimulatedLine(sensors, surroundingsOf({ clock, signal: ended }))
  yield* line.measurements()
}

function reading(key: string, at: number): Freight {
  const one = { sensors: [key], sensor: Uint8Array.of(0) as unknown as Uint32Array, measuredAt: Float64Array.of(at), receivedAt: at }
  return { kind: 'batch', ...one, value: Float64Array.of(1), quality: Uint8Array.of(0) }
}

/** When samples were taken, in ms from the first, and how many were told as missed. */
async function sample(poll: Poll, options: { readonly sensors: readonly Sensor[]; readonly samples: number; readonly pace?: Pace }) {
  const stop = new AbortController()
  const times = new Map<string, number[]>()
  const missed = new Map<string, number>()
  let samples = 0
  const { sensors, pace = () => 0 } = options
  for await (const one of poll({ clock: new VirtualClock(), pace, sensors, ended: stop.signal })) {
    if (one.kind === 'gap') for (const key of one.sensors) missed.set(key, (missed.get(key) ?? 0) + (one.missing ?? 0) / one.sensors.length)
    if (one.kind !== 'batch') continue
    for (const index of one.sensor) {
      const key = one.sensors[index] ?? ''
      times.set(key, [...(times.get(key) ?? []).slice(-options.samples), (one.receivedAt - T0) / 1000])
    }
    if (++samples >= options.samples) break
  }
  stop.abort()
  return { times: sensors.map(({ key }) => times.get(key) ?? []), missed: sensors.map(({ key }) => missed.get(key) ?? 0) }
}

const ADDRESS = {
  modbus: (every: string) => `modbus-tcp://127.0.0.1:1/1/holding/${every.length}?every=${every}`,
  serial: (every: string) => `serial:///dev/null?baud=9600&send=READ${every}%0D&expect=OK&column=1&every=${every}`,
  opcua: (every: string) => `opc.tcp://127.0.0.1/?node=ns=2;s=a&every=${every}`,
  simulator: (every: string) => `simulator://pump-set/pump-247/drive-end-temperature?every=${every}`,
}
const POLLS = { modbus, serial, opcua, simulator }
const FAR_ENDS = ['modbus', 'serial', 'opcua', 'simulator'] as const

describe.each(FAR_ENDS)('polling by %s', (name) => {
  const sensorsOf = (...every: string[]): Sensor[] => every.map((one) => unnamedSensor(ADDRESS[name](one)))

  it('takes the n-th sample at start + n × period, over thousands of periods', async () => {
    const pace: Pace = (poll) => (poll * 37) % 11
    const { times, missed } = await sample(POLLS[name], { sensors: sensorsOf('100ms'), samples: 3000, pace })
    expect(times[0]?.length).toBeGreaterThanOrEqual(3000)
    // However long answers took, each belongs to its own period: what lies between due and done never adds up.
    times[0]?.forEach((at, n) => expect(Math.abs(at - n * 100 - (name === 'simulator' ? 0 : pace(n)))).toBeLessThan(0.01))
    expect(missed).toEqual([0])
  })

  it.runIf(name !== 'simulator')('keeps its phase over answers that take longer than a period, and counts what was missed', async () => {
    const pace: Pace = (poll) => (poll % 50 === 49 ? 1030 : 1)
    const { times, missed } = await sample(POLLS[name], { sensors: sensorsOf('100ms'), samples: 1020, pace })
    const taken = times[0] ?? []
    // Each poll of 1030 ms runs over nine whole periods and into a tenth, whose sample is taken late.
    expect(missed[0]).toBe(9 * Math.floor(taken.length / 50))
    const onTime = taken.filter((_, n) => n % 50 > 0 && n % 50 < 49)
    for (const at of onTime) expect((at - 1) % 100).toBeCloseTo(0, 2)
    // Nothing was left out without being counted.
    expect(Math.round((taken.at(-1) ?? 0) / 100)).toBeGreaterThanOrEqual(taken.length - 1 + (missed[0] ?? 0) - 9)
  })

  it.runIf(name !== 'opcua')('mixes periods from a second to a day', async () => {
    const days = 3
    const { times } = await sample(POLLS[name], {
      sensors: sensorsOf('24h', '6h', '1h'),
      samples: name === 'simulator' ? 24 * days + 1 : 29 * days + 1,
    })
    expect(times[0]?.slice(0, days)).toEqual([0, 1, 2].map((day) => day * 86_400_000))
    expect(times[1]?.slice(0, 4)).toEqual([0, 6, 12, 18].map((hour) => hour * 3_600_000))
    expect(times[2]?.slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, hour) => hour * 3_600_000))
  })
})
