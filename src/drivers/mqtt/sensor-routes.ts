import type { Sensor } from '../../readings/sensor.js'
import type { Log } from '../contract.js'
import { DriverFault } from '../fault.js'
import { EXAMPLE, parseMqttAddress } from './address.js'
import type { Intake } from './intake.js'
import { EdgeNode } from './sparkplug/edge-node.js'
import { filtersOfNode } from './sparkplug/filters.js'
import { parseSparkplugTopic, type SparkplugTopic } from './sparkplug/topic.js'
import { type ReceivedPayload, TopicReader } from './topic-reader.js'

/** A node that loses messages all the time is told of so many times. */
const MAX_NOTES = 100

/** Which topics a set of sensors needs, and who reads what comes on them. */
export class SensorRoutes {
  readonly #topics = new Map<string, TopicReader>()
  readonly #nodes = new Map<string, EdgeNode>()
  /** Filter → indices of the sensors that live on it. */
  readonly #filters = new Map<string, number[]>()
  readonly #intake: Intake
  readonly #log: Log
  #notes = 0

  constructor(sensors: readonly Sensor[], intake: Intake, log: Log) {
    this.#intake = intake
    this.#log = log
    for (const [index, sensor] of sensors.entries()) this.#add(index, sensor)
  }

  /** The smallest set of filters that brings everything. */
  get filters(): readonly string[] {
    return [...this.#filters.keys()]
  }

  sensorsOf(filter: string): readonly number[] {
    return this.#filters.get(filter) ?? []
  }

  message(topic: string, received: ReceivedPayload): void {
    const reader = this.#topics.get(topic)
    if (reader) {
      reader.message(received)
      return
    }
    if (this.#nodes.size === 0) return
    const parsed = parseSparkplugTopic(topic)
    if (parsed?.kind === 'metrics') this.#nodes.get(nodeKey(parsed))?.message({ topic: parsed, ...received })
  }

  #add(index: number, sensor: Sensor): void {
    const { wanted } = parseMqttAddress(sensor.address)
    switch (wanted.kind) {
      case 'field':
        this.#listen(wanted.topic, index)
        this.#reader(wanted.topic).addField(index, sensor, wanted.field)
        return
      case 'waveform':
        this.#listen(wanted.topic, index)
        this.#reader(wanted.topic).addWaveform(index, sensor)
        return
      case 'metric':
        for (const filter of filtersOfNode(wanted.topic)) this.#listen(filter, index)
        this.#node(wanted.topic).add({ index, sensor, device: wanted.topic.device, metric: wanted.metric })
        return
      case 'all':
        throw new DriverFault('ADDRESS_INVALID', {
          message: 'the address names a broker or many topics, not one value',
          where: { sensor: `${sensor.key}  (${sensor.address})` },
          advice: { scope: 'localhost', example: EXAMPLE },
          retry: false,
        })
    }
  }

  #listen(filter: string, index: number): void {
    const indices = this.#filters.get(filter) ?? []
    indices.push(index)
    this.#filters.set(filter, indices)
  }

  #reader(topic: string): TopicReader {
    const reader = this.#topics.get(topic) ?? new TopicReader(this.#intake)
    this.#topics.set(topic, reader)
    return reader
  }

  #node(topic: SparkplugTopic): EdgeNode {
    const key = nodeKey(topic)
    const node = this.#nodes.get(key) ?? new EdgeNode(this.#intake, (text, facts) => this.#note(text, facts))
    this.#nodes.set(key, node)
    return node
  }

  #note(text: string, facts: Readonly<Record<string, unknown>>): void {
    if (this.#notes++ < MAX_NOTES) this.#log.note(text, facts)
  }
}

function nodeKey({ group, node }: SparkplugTopic): string {
  return `${group}/${node}`
}
