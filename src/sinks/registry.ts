import { Fault } from '../faults/fault.js'
import { schemeOf } from '../readings/address.js'
import type { Sink } from './contract.js'
import { withoutSecrets } from './sink-address.js'
import type { SinkSurroundings } from './surroundings.js'

/** Makes a sink out of an address; opens nothing yet. Throws Fault SINK_ADDRESS_INVALID. */
export type MakeSink = (address: string, around: SinkSurroundings) => Sink

/** One row: what a sink is called, the schemes it answers to, and how to load it. The only place that names sinks beside the recording. */
export interface SinkEntry {
  readonly name: string
  readonly schemes: readonly string[]
  /** An address of it, for help and error texts. */
  readonly example: string
  readonly load: () => Promise<MakeSink>
}

export const SINKS: readonly SinkEntry[] = [
  {
    name: 'influx',
    schemes: ['influx', 'influxs'],
    example: 'influx://127.0.0.1:8086/plant',
    load: async () => (await import('./influx/influx-sink.js')).createInfluxSink,
  },
  {
    name: 'mqtt',
    schemes: ['mqtt', 'mqtts'],
    example: 'mqtt://127.0.0.1:1883/chatterfix',
    load: async () => (await import('./mqtt/mqtt-sink.js')).createMqttSink,
  },
  {
    name: 'postgres',
    schemes: ['postgres', 'postgresql'],
    example: 'postgres://recorder@127.0.0.1:5432/plant?table=readings',
    load: async () => (await import('./postgres/postgres-sink.js')).createPostgresSink,
  },
  {
    name: 'prometheus',
    schemes: ['prometheus'],
    example: 'prometheus://127.0.0.1:9464',
    load: async () => (await import('./prometheus/prometheus-sink.js')).createPrometheusSink,
  },
]

/**
 * The sink that an address names.
 * @throws Fault SINK_ADDRESS_INVALID, SINK_SECRET_IN_ADDRESS
 */
export async function createSink(address: string, around: SinkSurroundings): Promise<Sink> {
  const scheme = schemeOf(address)
  const entry = SINKS.find(({ schemes }) => scheme !== undefined && schemes.includes(scheme))
  if (entry === undefined) {
    throw new Fault('SINK_ADDRESS_INVALID', {
      message: `${withoutSecrets(address)} is no place to send to`,
      because: `--to takes ${SINKS.map(({ schemes }) => `${schemes[0]}://`).join(', ')}`,
      advice: { example: SINKS[0]?.example ?? '' },
    })
  }
  const make = await entry.load()
  return make(address, around)
}
