import type { DataValue, NodeId } from 'node-opcua-client'
import { QUALITY } from '../../readings/quality.js'
import { BlockOrder } from './block-order.js'
import { BlockPairing, type PairedBlock } from './block-pairing.js'
import { samplesOf } from './data-value.js'
import type { MeasurementQueue } from './measurement-queue.js'
import { hasOverflow, qualityOfStatus } from './status-quality.js'
import { rateOf } from './waveform-node.js'
import type { WaveformSensor, WaveformSubscription } from './waveform-sensor.js'

/** Blocks that the server keeps for us while the network stalls. */
const BLOCKS_QUEUED = 100

export interface WantedNode {
  readonly node: NodeId
  readonly queueSize: number
  readonly take: (answer: DataValue) => void
}

/** One waveform sensor: its nodes, its blocks in order. */
export class WaveformFollower {
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

  /** The nodes to monitor; the number before the samples, as it is wanted first. */
  wants(): readonly WantedNode[] {
    const { samples, sequence, rate } = this.#waveform.node
    const isRateStated = this.#waveform.statedRateHz !== null
    return [
      ...(sequence ? [{ node: sequence, queueSize: BLOCKS_QUEUED, take: (answer: DataValue) => this.#pairing.addNumber(answer) }] : []),
      ...(rate && !isRateStated ? [{ node: rate, queueSize: 1, take: (answer: DataValue) => this.#setRate(rateOf(answer)) }] : []),
      { node: samples, queueSize: BLOCKS_QUEUED, take: (answer: DataValue) => this.#pairing.addBlock(answer) },
    ]
  }

  /** The server does not monitor one of its nodes: the sensor is silent, and says so. */
  refuse(node: string): void {
    const now = this.#wanted.around.clock.now()
    this.#wanted.around.log.warn(`the server does not monitor ${node}`, { sensor: this.#waveform.sensor.key })
    if (node !== this.#waveform.node.samples.toString()) return
    this.#wanted.queue.offer({
      kind: 'gap',
      sensors: [this.#waveform.sensor.key],
      from: now,
      to: now,
      cause: `the server does not monitor ${node}`,
      missing: null,
    })
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
