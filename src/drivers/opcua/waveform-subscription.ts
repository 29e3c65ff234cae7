import {
  AttributeIds,
  type ClientSubscription,
  DataChangeNotification,
  type DataValue,
  type NodeId,
  type NotificationMessage,
  TimestampsToReturn,
} from 'node-opcua-client'
import { QUALITY } from '../../readings/quality.js'
import type { Sensor } from '../../readings/sensor.js'
import type { Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { BlockOrder } from './block-order.js'
import { BlockPairing, type PairedBlock } from './block-pairing.js'
import { samplesOf } from './data-value.js'
import type { MeasurementQueue } from './measurement-queue.js'
import type { OpcUaSession } from './session.js'
import { hasOverflow, qualityOfStatus } from './status-quality.js'
import { rateOf, type WaveformNode } from './waveform-node.js'

/** A sensor whose value is a waveform. `rateHz` of its address wins over what the server states. */
export interface WaveformSensor {
  readonly sensor: Sensor
  readonly node: WaveformNode
  readonly statedRateHz: number | null
}

export interface WaveformSubscription {
  readonly opened: OpcUaSession
  readonly waveforms: readonly WaveformSensor[]
  readonly queue: MeasurementQueue
  readonly around: Surroundings
  readonly goodQuality: number
}

/** Blocks that the server keeps for us while the network stalls. */
const BLOCKS_QUEUED = 100
const FASTEST_PUBLISHING_MS = 50
const SLOWEST_PUBLISHING_MS = 1000
/** Without news the server says at least so often that it lives. */
const KEEP_ALIVE_MS = 3000

/**
 * Has the server send every block once: monitored items with a queue and sampling interval 0, so that no block falls between two
 * reads. Blocks that were lost all the same become gaps.
 */
export async function subscribeToWaveforms(wanted: WaveformSubscription): Promise<ClientSubscription> {
  const { opened, waveforms } = wanted
  const { link, session } = opened
  const subscription = await link.ask('subscribe', () => session.createSubscription2(settingsOf(waveforms)))
  const followers = waveforms.map((waveform) => new Follower(waveform, wanted))
  const byHandle = new Map<number, (answer: DataValue) => void>()
  subscription.on('received_notifications', (message: NotificationMessage) => {
    for (const change of (message.notificationData ?? []).filter((data) => data instanceof DataChangeNotification)) {
      for (const item of change.monitoredItems ?? []) byHandle.get(item.clientHandle)?.(item.value)
    }
    for (const follower of followers) follower.flush()
  })
  subscription.on('keepalive', () => {
    for (const follower of followers) follower.flush()
  })
  subscription.on('error', () => {})
  subscription.on('internal_error', () => {})
  for (const follower of followers) await follower.monitor(subscription, byHandle)
  return subscription
}

function settingsOf(waveforms: readonly WaveformSensor[]): Parameters<OpcUaSession['session']['createSubscription2']>[0] {
  const wanted = Math.min(...waveforms.map(({ sensor }) => sensor.periodMs))
  const publishing = Math.min(SLOWEST_PUBLISHING_MS, Math.max(FASTEST_PUBLISHING_MS, wanted))
  const keepAlive = Math.ceil(KEEP_ALIVE_MS / publishing)
  return {
    requestedPublishingInterval: publishing,
    requestedMaxKeepAliveCount: keepAlive,
    requestedLifetimeCount: keepAlive * 10,
    // A message holds at most four things, so that long blocks stay below what a server packs into one answer.
    maxNotificationsPerPublish: 4,
    publishingEnabled: true,
    priority: 1,
  }
}

/** One waveform sensor: its nodes, its blocks in order. */
class Follower {
  readonly #waveform: WaveformSensor
  readonly #wanted: WaveformSubscription
  readonly #pairing: BlockPairing
  readonly #order: BlockOrder
  #rateHz: number | null
  #refused = 0
  #refusedSince = 0

  constructor(waveform: WaveformSensor, wanted: WaveformSubscription) {
    this.#waveform = waveform
    this.#wanted = wanted
    this.#rateHz = waveform.statedRateHz ?? waveform.node.rateHz
    this.#pairing = new BlockPairing(waveform.node.sequence ? 'numbered' : 'unnumbered')
    this.#order = new BlockOrder(waveform.sensor.key)
  }

  async monitor(subscription: ClientSubscription, byHandle: Map<number, (answer: DataValue) => void>): Promise<void> {
    const { samples, sequence, rate } = this.#waveform.node
    const listen = async (nodeId: NodeId, queueSize: number, take: (answer: DataValue) => void): Promise<void> => {
      const item = { nodeId, attributeId: AttributeIds.Value }
      const settings = { samplingInterval: 0, discardOldest: true, queueSize }
      const monitored = await this.#wanted.opened.link.ask('monitor', () => subscription.monitor(item, settings, TimestampsToReturn.Both))
      byHandle.set(monitored.monitoringParameters.clientHandle, take)
    }
    if (sequence) await listen(sequence, BLOCKS_QUEUED, (answer) => this.#pairing.addNumber(answer))
    if (rate && this.#waveform.statedRateHz === null) await listen(rate, 1, (answer) => this.#setRate(rateOf(answer)))
    await listen(samples, BLOCKS_QUEUED, (answer) => this.#pairing.addBlock(answer))
  }

  flush(): void {
    for (const block of this.#pairing.ready()) this.#deliver(block)
  }

  #setRate(rateHz: number | null): void {
    if (rateHz !== null) this.#rateHz = rateHz
  }

  #deliver({ answer, stamp, sequence }: PairedBlock): void {
    const { around, queue, goodQuality } = this.#wanted
    const key = this.#waveform.sensor.key
    const receivedAt = around.clock.now()
    const quality = qualityOfStatus(answer.statusCode.value)
    const samples = quality >= 128 ? null : samplesOf(answer)
    if (!samples || samples.length === 0 || this.#rateHz === null) {
      const cause =
        quality >= 128 ? `the server says ${answer.statusCode.name}` : samples ? 'an empty block' : 'the value is no array of numbers'
      queue.offer({
        kind: 'gap',
        sensors: [key],
        from: stamp ?? receivedAt,
        to: stamp ?? receivedAt,
        cause,
        missing: samples?.length === 0 ? 0 : 1,
      })
      return
    }
    const startedAt = stamp ?? receivedAt - Math.round((samples.length / this.#rateHz) * 1e6)
    const worth = quality === QUALITY.good ? goodQuality : quality
    const overflow = hasOverflow(answer.statusCode.value)
    const block = { startedAt, receivedAt, sampleRateHz: this.#rateHz, samples, quality: worth, sequence, overflow }
    for (const measurement of this.#order.take(block)) this.#offer(measurement, startedAt)
  }

  /** A reader that is too slow loses blocks, and is told how many. */
  #offer(measurement: Parameters<MeasurementQueue['offer']>[0], at: number): void {
    const { queue } = this.#wanted
    if (this.#refused > 0) {
      const gap = {
        kind: 'gap',
        sensors: [this.#waveform.sensor.key],
        from: this.#refusedSince,
        to: at,
        cause: 'blocks came faster than they were taken',
        missing: this.#refused,
      } as const
      if (queue.offer(gap) === 'taken') this.#refused = 0
    }
    if (queue.offer(measurement) === 'taken' || measurement.kind === 'gap') return
    if (this.#refused === 0) this.#refusedSince = at
    this.#refused++
  }
}

/** Whether address or server says how fast the samples follow each other. */
export function hasRate({ node, statedRateHz }: WaveformSensor): boolean {
  return statedRateHz !== null || node.rateHz !== null
}

export function withoutRate({ sensor }: WaveformSensor): DriverFault {
  return new DriverFault('OPCUA_NO_SAMPLE_RATE', {
    message: `how fast the samples of ${sensor.key} follow each other is stated neither in its address nor beside its node`,
    where: { sensor: sensor.key, address: sensor.address },
    advice: { address: sensor.address },
    retry: false,
  })
}
