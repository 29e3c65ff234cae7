import { connectAsync, type MqttClient } from 'mqtt'
import { decodeSparkplug } from '../../../drivers/mqtt/sparkplug/decode.js'
import { encodeSparkplug } from '../../../drivers/mqtt/sparkplug/encode.js'
import type { SparkplugMetric } from '../../../drivers/mqtt/sparkplug/payload.js'
import { formatSparkplugTopic, type SparkplugMessage } from '../../../drivers/mqtt/sparkplug/topic.js'
import { ticks } from '../../plant-time.js'
import { PLANT_HOST, type RunningPlant } from '../../running-plant.js'
import { birthMetrics, dataMetrics, SPARKPLUG_DEVICES } from './sparkplug-metrics.js'

const GROUP = 'plant'
const NODE = 'gateway-1'
const REBIRTH = 'Node Control/Rebirth'
/** A client that only listens cannot ask for a rebirth, so the node tells of itself this often. */
const BIRTH_EVERY_S = 2
const DATA_EVERY_S = 1

/** The plant's Sparkplug B edge node: a real client of the broker with a will, births, data and rebirth on command. */
export async function startSparkplugNode(plant: RunningPlant, port: number): Promise<{ close(): Promise<void> }> {
  const node = new SparkplugNode(plant)
  await node.connect(port)
  const loop = node.run()
  return {
    close: async () => {
      await node.close()
      await loop
    },
  }
}

class SparkplugNode {
  readonly #plant: RunningPlant
  readonly #ended = new AbortController()
  #client: MqttClient | undefined
  #seq = 0

  constructor(plant: RunningPlant) {
    this.#plant = plant
  }

  async connect(port: number): Promise<void> {
    const will = { topic: topicOf('NDEATH'), payload: Buffer.from(this.#death()), qos: 1 as const, retain: false }
    const client = await connectAsync(`mqtt://${PLANT_HOST}:${port}`, {
      clientId: `sparkplug-${NODE}`,
      clean: true,
      will,
      reconnectPeriod: 0,
    })
    client.on('error', () => {})
    client.on('message', (_topic, payload) => {
      if (asksForRebirth(payload)) this.#bear(this.#plant.time.elapsedS()).catch(() => {})
    })
    await client.subscribeAsync(topicOf('NCMD'), { qos: 1 })
    this.#client = client
  }

  /** Births first, then data each second, births again every few. */
  async run(): Promise<void> {
    const signal = AbortSignal.any([this.#plant.signal, this.#ended.signal])
    for await (const tick of ticks(this.#plant.time, DATA_EVERY_S, signal)) {
      const timeS = tick * DATA_EVERY_S
      if (tick % BIRTH_EVERY_S === 0) await this.#bear(timeS)
      else
        for (const device of Object.keys(SPARKPLUG_DEVICES))
          await this.#send('DDATA', device, dataMetrics(this.#plant, device, timeS), timeS)
    }
  }

  /** A node that leaves in order says so itself: the broker keeps the will to itself then. */
  async close(): Promise<void> {
    this.#ended.abort()
    const client = this.#client
    if (!client) return
    if (client.connected) await client.publishAsync(topicOf('NDEATH'), Buffer.from(this.#death()), { qos: 0 }).catch(() => {})
    await client.endAsync().catch(() => {})
  }

  async #bear(timeS: number): Promise<void> {
    this.#seq = 0
    const about: SparkplugMetric[] = [
      { name: 'bdSeq', datatype: 'Int64', value: 0 },
      { name: REBIRTH, datatype: 'Boolean', value: false },
      { name: 'Properties/Hardware Make', datatype: 'String', value: 'ChatterFix Embedded Plant' },
      { name: 'Properties/Hardware Model', datatype: 'String', value: 'Edge Gateway EG-1' },
      { name: 'Properties/FW', datatype: 'String', value: '1.2.0' },
    ]
    await this.#send('NBIRTH', null, about, timeS)
    for (const device of Object.keys(SPARKPLUG_DEVICES)) await this.#send('DBIRTH', device, birthMetrics(this.#plant, device, timeS), timeS)
  }

  async #send(message: SparkplugMessage, device: string | null, metrics: readonly SparkplugMetric[], timeS: number): Promise<void> {
    const payload = encodeSparkplug({ timestamp: this.#plant.time.stampAt(timeS), seq: this.#seq, metrics })
    this.#seq = (this.#seq + 1) % 256
    if (!this.#client?.connected) return
    await this.#client.publishAsync(topicOf(message, device), Buffer.from(payload), { qos: 0, retain: false }).catch(() => {})
    this.#plant.published.sparkplugMessages++
  }

  /** Carries bdSeq and no seq (Sparkplug 3.0.0, section 6.4.21). */
  #death(): Uint8Array {
    const timestamp = this.#plant.time.stampAt(this.#plant.time.elapsedS())
    return encodeSparkplug({ timestamp, metrics: [{ name: 'bdSeq', datatype: 'Int64', value: 0 }] })
  }
}

function topicOf(message: SparkplugMessage, device: string | null = null): string {
  return formatSparkplugTopic({ kind: 'metrics', group: GROUP, message, node: NODE, device })
}

function asksForRebirth(payload: Uint8Array): boolean {
  try {
    return decodeSparkplug(payload).metrics.some((metric) => metric.name === REBIRTH && metric.value === true)
  } catch {
    return false
  }
}
