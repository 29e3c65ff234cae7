import type { Point } from '../probe-report.js'
import type { Broker } from './address.js'
import type { Delivery } from './client.js'
import { NodeSurvey } from './sparkplug/node-survey.js'
import { parseSparkplugTopic, type SparkplugTopic } from './sparkplug/topic.js'
import { pointsOfTopic } from './topic-points.js'

export const MAX_TOPICS = 10_000
const MAX_POINTS = 10_000
const MAX_NODES = 1000
const MAX_PAYLOAD_BYTES = 1 << 20
const MAX_EXAMPLE = 120

/** What came on the topics of a broker while we listened. Bounded in topics, points and nodes; keeps no payload. */
export class TopicSurvey {
  readonly nodes = new Map<string, NodeSurvey>()
  messages = 0
  /** `$SYS/broker/version`, where the broker offers it. */
  version: string | undefined
  readonly #broker: Broker
  /** What is known of each topic, and how it came. */
  readonly #topics = new Map<string, { readonly points: readonly Point[]; readonly delivery: Delivery }>()
  readonly #opaque = new Set<string>()
  readonly #large = new Set<string>()
  #skippedTopics = 0
  #points = 0

  constructor(broker: Broker) {
    this.#broker = broker
  }

  get topicCount(): number {
    return this.#topics.size
  }

  get points(): readonly Point[] {
    const plain = [...this.#topics.values()].flatMap(({ points }) => points)
    return [...plain, ...[...this.nodes.values()].flatMap((node) => node.points)].slice(0, MAX_POINTS)
  }

  message(topic: string, payload: Buffer, delivery: Delivery): void {
    if (topic === '$SYS/broker/version') this.version = payload.toString('utf8', 0, 200)
    if (topic.startsWith('$')) return
    this.messages++
    const sparkplug = parseSparkplugTopic(topic)
    if (sparkplug?.kind === 'state') return
    if (sparkplug) this.#nodeMessage(sparkplug, topic, payload)
    else this.#plainMessage(topic, payload, delivery)
  }

  /** What a probe could not take in, in words. */
  get warnings(): readonly string[] {
    const warnings: string[] = []
    if (this.#opaque.size > 0)
      warnings.push(`${topics(this.#opaque)} neither number, JSON with numbers, waveform nor Sparkplug, e.g. ${exampleOf(this.#opaque)}`)
    if (this.#large.size > 0)
      warnings.push(`${topics(this.#large)} more than ${MAX_PAYLOAD_BYTES >> 20} MiB, not looked into, e.g. ${exampleOf(this.#large)}`)
    if (this.#skippedTopics > 0)
      warnings.push(`more than ${MAX_TOPICS} topics or ${MAX_POINTS} values: name a part of them, e.g. mqtt://host/plant/+`)
    for (const { group, node, isUnnamed, isDead } of this.nodes.values()) {
      if (isDead) warnings.push(`Sparkplug node ${group}/${node} has died (NDEATH)`)
      if (isUnnamed)
        warnings.push(
          `Sparkplug node ${group}/${node} sends aliases whose birth certificate was not heard: names come when it is born again; no rebirth was asked for`,
        )
    }
    return warnings
  }

  #plainMessage(topic: string, payload: Buffer, delivery: Delivery): void {
    const known = this.#topics.get(topic)
    // A live message replaces a retained one, once; after that the topic is known.
    if (known && (known.delivery === 'live' || delivery === 'retained')) return
    if (!known && (this.#topics.size >= MAX_TOPICS || this.#points >= MAX_POINTS)) {
      this.#skippedTopics++
      return
    }
    const points = this.#pointsOf(topic, payload, delivery)
    this.#points += points.length - (known?.points.length ?? 0)
    this.#topics.set(topic, { points, delivery })
  }

  #pointsOf(topic: string, payload: Buffer, delivery: Delivery): readonly Point[] {
    if (payload.length > MAX_PAYLOAD_BYTES) {
      this.#large.add(topic)
      return []
    }
    try {
      const points = pointsOfTopic({ broker: this.#broker, topic, payload, delivery })
      if (points.length > 0) return points
    } catch {
      // Whatever it says is said once for all such topics.
    }
    this.#opaque.add(topic)
    return []
  }

  #nodeMessage(topic: SparkplugTopic, name: string, payload: Buffer): void {
    const key = `${topic.group}/${topic.node}`
    const node = this.nodes.get(key) ?? new NodeSurvey(this.#broker, topic)
    if (this.nodes.size >= MAX_NODES && !this.nodes.has(key)) {
      this.#skippedTopics++
      return
    }
    this.nodes.set(key, node)
    if (payload.length > MAX_PAYLOAD_BYTES) {
      this.#large.add(name)
      return
    }
    try {
      node.message(topic, payload)
    } catch {
      if (this.#opaque.size < MAX_TOPICS) this.#opaque.add(name)
    }
  }
}

function topics(set: ReadonlySet<string>): string {
  return set.size === 1 ? '1 topic carries' : `${set.size} topics carry`
}

function exampleOf(set: ReadonlySet<string>): string {
  const [first = ''] = set
  return `'${first.slice(0, MAX_EXAMPLE)}'`
}
