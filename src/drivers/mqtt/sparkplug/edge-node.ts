import { QUALITY } from '../../../readings/quality.js'
import type { Sensor } from '../../../readings/sensor.js'
import type { EpochMicros } from '../../../readings/time.js'
import type { Delivery } from '../client.js'
import { isClockAhead } from '../clock-ahead.js'
import type { Intake } from '../intake.js'
import { fitUnit, type UnitFit } from '../stated-unit.js'
import { decodeSparkplug } from './decode.js'
import { MetricNames } from './metric-names.js'
import type { SparkplugMetric, SparkplugPayload, SparkplugValue } from './payload.js'
import { engineeringUnitOf, qualityOfMetric } from './properties.js'
import type { SparkplugTopic } from './topic.js'

interface Target {
  readonly index: number
  readonly sensor: Sensor
  readonly device: string | null
  fit: UnitFit
}

interface Receipt {
  readonly topic: SparkplugTopic
  readonly payload: Uint8Array
  readonly receivedAt: EpochMicros
  readonly delivery: Delivery
}

interface MetricContext extends Omit<Receipt, 'payload'> {
  readonly decoded: SparkplugPayload
  readonly isBirth: boolean
}

/** One edge node of Sparkplug B: knows its births, so that aliases have names, and the sensors that live on it. */
export class EdgeNode {
  readonly #intake: Intake
  readonly #note: (text: string, facts: Readonly<Record<string, unknown>>) => void
  readonly #names = new MetricNames()
  readonly #targets = new Map<string, Target[]>()
  #seq: number | undefined
  #birthNumber: SparkplugValue | undefined

  constructor(intake: Intake, note: (text: string, facts: Readonly<Record<string, unknown>>) => void) {
    this.#intake = intake
    this.#note = note
  }

  add({ index, sensor, device, metric }: Omit<Target, 'fit'> & { readonly metric: string }): void {
    const key = keyOf(device, metric)
    const targets = this.#targets.get(key) ?? []
    targets.push({ index, sensor, device, fit: fitUnit(undefined, null) })
    this.#targets.set(key, targets)
  }

  message({ topic, payload, receivedAt, delivery }: Receipt): void {
    let decoded: SparkplugPayload
    try {
      decoded = decodeSparkplug(payload)
    } catch {
      this.#allBad(topic, QUALITY.undecodable, receivedAt)
      return
    }
    switch (topic.message) {
      case 'NDEATH':
        this.#nodeDeath(decoded, topic, receivedAt)
        return
      case 'DDEATH':
        this.#follow(topic, decoded)
        this.#allBad(topic, QUALITY['no-response'], receivedAt)
        return
      case 'NBIRTH':
        this.#names.forget()
        this.#birthNumber = decoded.metrics.find(({ name }) => name === 'bdSeq')?.value
        this.#seq = undefined
        break
      case 'NCMD':
      case 'DCMD':
        return
      case 'NDATA':
      case 'DBIRTH':
      case 'DDATA':
        break
    }
    this.#follow(topic, decoded)
    const isBirth = topic.message === 'NBIRTH' || topic.message === 'DBIRTH'
    for (const metric of decoded.metrics) this.#metric(metric, { topic, decoded, isBirth, receivedAt, delivery })
  }

  #metric(metric: SparkplugMetric, { topic, decoded, isBirth, receivedAt, delivery }: MetricContext): void {
    if (isBirth) this.#names.learn(metric, topic.device)
    const { name, device, value } = this.#names.resolve(metric, topic.device)
    if (name === undefined) return
    const targets = this.#targets.get(keyOf(device, name))
    if (!targets) return
    const stated = engineeringUnitOf(metric)
    const sentAt = metric.timestamp ?? decoded.timestamp
    const measuredAt = sentAt !== undefined && sentAt > 0 ? sentAt : receivedAt
    for (const target of targets) {
      // Data messages leave the properties out; the birth's stay valid.
      if (isBirth || stated !== undefined) target.fit = fitUnit(stated, target.sensor.unit)
      let quality = qualityOfMetric(metric)
      if (quality === QUALITY.good && target.fit.isDoubtful) quality = QUALITY['device-uncertain']
      if (quality === QUALITY.good && delivery === 'retained' && sentAt === undefined) quality = QUALITY.stale
      if (quality === QUALITY.good && isClockAhead(measuredAt, receivedAt)) quality = QUALITY['clock-unsynced']
      this.#give(target, value, { measuredAt, receivedAt, quality })
    }
  }

  #give(
    { index, fit }: Target,
    value: SparkplugValue,
    { measuredAt, receivedAt, quality }: { readonly measuredAt: EpochMicros; readonly receivedAt: EpochMicros; readonly quality: number },
  ): void {
    if (typeof value === 'number' && Number.isFinite(value)) {
      this.#intake.reading(index, measuredAt, receivedAt, value * fit.factor + fit.offset, quality, null)
    } else if (typeof value === 'bigint')
      this.#intake.reading(
        index,
        measuredAt,
        receivedAt,
        Number(value) * fit.factor + fit.offset,
        quality,
        fit.factor === 1 && fit.offset === 0 ? String(value) : null,
      )
    else if (typeof value === 'boolean') this.#intake.reading(index, measuredAt, receivedAt, value ? 1 : 0, quality, null)
    else if (typeof value === 'string') this.#intake.reading(index, measuredAt, receivedAt, Number.NaN, quality, value.slice(0, 200))
    else
      this.#intake.reading(index, measuredAt, receivedAt, Number.NaN, value === null ? QUALITY['device-fault'] : QUALITY.undecodable, null)
  }

  /** A will may arrive after the node has come back; its birth number tells which life has ended. */
  #nodeDeath(decoded: SparkplugPayload, topic: SparkplugTopic, receivedAt: EpochMicros): void {
    const died = decoded.metrics.find(({ name }) => name === 'bdSeq')?.value
    if (died !== undefined && this.#birthNumber !== undefined && died !== this.#birthNumber) return
    this.#seq = undefined
    this.#allBad(topic, QUALITY['no-response'], receivedAt)
  }

  /** Reads only: a lost message is told, a rebirth is not asked for. */
  #follow(topic: SparkplugTopic, { seq }: SparkplugPayload): void {
    if (seq === undefined) return
    const expected = this.#seq === undefined ? seq : (this.#seq + 1) % 256
    this.#seq = seq
    if (seq !== expected) this.#note('Sparkplug messages were lost', { group: topic.group, node: topic.node, expected, seq })
  }

  #allBad({ device }: SparkplugTopic, quality: number, at: EpochMicros): void {
    for (const targets of this.#targets.values()) {
      for (const target of targets) {
        if (device === null || target.device === device) this.#intake.reading(target.index, at, at, Number.NaN, quality, null)
      }
    }
  }
}

function keyOf(device: string | null, metric: string): string {
  return device === null ? `n${metric}` : `d${device}/${metric}`
}
