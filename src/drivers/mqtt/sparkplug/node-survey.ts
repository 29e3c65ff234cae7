import type { Identity, Point } from '../../probe-report.js'
import { addressOf, type Broker } from '../address.js'
import { identityOfMetrics } from '../identity.js'
import { kindOf } from '../kind-of.js'
import { symbolOf } from '../stated-unit.js'
import { decodeSparkplug } from './decode.js'
import { MetricNames, type ResolvedMetric } from './metric-names.js'
import type { SparkplugDatatype, SparkplugMetric, SparkplugValue } from './payload.js'
import { engineeringUnitOf } from './properties.js'
import { formatSparkplugTopic, type SparkplugTopic } from './topic.js'

const TYPES: Partial<Record<SparkplugDatatype, string>> = { Float: 'float32', Double: 'float64', Text: 'string', UUID: 'string' }
/** How a node is steered and counted, not what it measures. */
const HOUSEKEEPING = /^(bdSeq$|Node Control\/|Device Control\/)/
const MAX_TEXT = 200
const MAX_POINTS = 10_000
const MAX_SPEAKERS = 1000
const MAX_WORDS = 100

/** What one edge node offers, as far as it was heard. */
export class NodeSurvey {
  readonly group: string
  readonly node: string
  readonly devices = new Set<string>()
  readonly #broker: Broker
  readonly #names = new MetricNames()
  readonly #points = new Map<string, Point>()
  /** What the node (null) and its devices say of themselves in words, e.g. `Properties/Hardware Make`. */
  readonly #words = new Map<string | null, Map<string, string>>()
  readonly #unnamed = new Set<number>()
  hasBirth = false
  isDead = false

  constructor(broker: Broker, { group, node }: SparkplugTopic) {
    this.#broker = broker
    this.group = group
    this.node = node
  }

  get points(): readonly Point[] {
    return [...this.#points.values()]
  }

  /** Whether metrics came that have nothing but an alias, and no birth was heard that explains it. */
  get isUnnamed(): boolean {
    return this.#unnamed.size > 0
  }

  /** Of one of its devices, or of the node itself. */
  identityOf(device: string | null): Identity | null {
    return identityOfMetrics(this.#words.get(device) ?? new Map())
  }

  factsOf(device: string | null): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#words.get(device) ?? [])
  }

  /** @throws CodecError */
  message(topic: SparkplugTopic, payload: Uint8Array): void {
    if (topic.device !== null) this.devices.add(topic.device)
    if (topic.message === 'NCMD' || topic.message === 'DCMD') return
    const { metrics } = decodeSparkplug(payload)
    if (topic.message === 'NDEATH') this.isDead = true
    if (topic.message === 'NDEATH' || topic.message === 'DDEATH') return
    this.isDead = false
    const isBirth = topic.message === 'NBIRTH' || topic.message === 'DBIRTH'
    if (topic.message === 'NBIRTH') this.hasBirth = true
    for (const metric of metrics) {
      if (isBirth) this.#names.learn(metric, topic.device)
      if (isBirth && metric.alias !== undefined) this.#unnamed.delete(metric.alias)
      this.#metric(metric, this.#names.resolve(metric, topic.device), isBirth ? 'birth' : 'data')
    }
  }

  #metric(metric: SparkplugMetric, { name, device, value, datatype }: ResolvedMetric, source: 'birth' | 'data'): void {
    if (name === undefined && metric.alias !== undefined && this.#unnamed.size < MAX_POINTS) this.#unnamed.add(metric.alias)
    if (name === undefined || HOUSEKEEPING.test(name)) return
    if (typeof value === 'string' && name.startsWith('Properties/')) {
      this.#tell(device, name, value.slice(0, MAX_TEXT))
      return
    }
    const key = `${device ?? ''}/${name}`
    const known = this.#points.get(key)
    if (known && source === 'data') this.#points.set(key, { ...known, value: shownValue(value) })
    else if (this.#points.size < MAX_POINTS) this.#points.set(key, this.#pointOf(metric, { name, device, value, datatype }, source))
  }

  #tell(device: string | null, name: string, words: string): void {
    const said = this.#words.get(device) ?? new Map<string, string>()
    if (this.#words.size < MAX_SPEAKERS && said.size < MAX_WORDS) this.#words.set(device, said.set(name, words))
  }

  #pointOf(metric: SparkplugMetric, { name = '', device, value, datatype }: ResolvedMetric, source: 'birth' | 'data'): Point {
    const stated = engineeringUnitOf(metric)
    const unit = stated === undefined ? null : symbolOf(stated)
    const message = device === null ? 'NDATA' : 'DDATA'
    const topic = formatSparkplugTopic({ kind: 'metrics', group: this.group, message, node: this.node, device })
    return {
      address: addressOf(this.#broker, topic, new Map([['metric', name]])),
      name,
      kind: datatype === 'Boolean' || typeof value === 'string' ? 'state' : kindOf(name, unit),
      type: datatype === undefined ? 'unknown' : (TYPES[datatype] ?? datatype.toLowerCase()),
      order: null,
      scale: 1,
      unit,
      value: shownValue(value),
      confidence: source === 'birth' ? 1 : 0.9,
      alternatives: [],
      evidence: source === 'birth' ? 'metric of a Sparkplug birth certificate' : 'metric of Sparkplug data; no birth was heard',
    }
  }
}

function shownValue(value: SparkplugValue): Point['value'] {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return value.slice(0, MAX_TEXT)
  return value instanceof Uint8Array ? `${value.length} bytes` : value
}
