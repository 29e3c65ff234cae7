import type { NodeId } from 'node-opcua-client'
import type { Measurement } from '../../readings/measurement.js'
import { QUALITY } from '../../readings/quality.js'
import type { Sensor } from '../../readings/sensor.js'
import type { Connection, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { formatOpcUaAddress, type OpcUaAddress, parseOpcUaAddress, serverOf } from './address.js'
import { readCyclically, type ScalarSensor } from './cyclic-read.js'
import { MeasurementQueue } from './measurement-queue.js'
import { lookupFor, readNodes } from './node-lookup.js'
import { formatNodeReference, type NodeReference } from './node-reference.js'
import { isClockOff, readServerFacts } from './server-facts.js'
import { type OpcUaSession, openSession } from './session.js'
import { isNodeUnknown } from './status-quality.js'
import { faultOfThrown } from './thrown.js'
import { gapOfUntaken } from './untaken.js'
import { findWaveformNodes } from './waveform-node.js'
import type { WaveformSensor } from './waveform-sensor.js'
import { hasRate, subscribeToWaveforms, withoutRate } from './waveform-subscription.js'

type Wanted = { readonly sensor: Sensor; readonly address: OpcUaAddress & { readonly node: NodeReference }; readonly node: NodeId | null }

/** One session for all these sensors: cyclic reads for values, a subscription for waveforms. */
export async function openConnection(sensors: readonly Sensor[], around: Surroundings): Promise<Connection> {
  const [first] = sensors
  if (!first) throw new DriverFault('NO_DATA', { message: 'no sensor was named', retry: false })
  const server = serverOf(parseOpcUaAddress(first.address))
  const opened = await openSession(server, around)
  try {
    const wanted = await locateSensors(opened, sensors)
    await refuseIfAllUnknown(opened, wanted)
    const goodQuality = await worthOfGood(opened, around)
    const waveforms = await waveformsOf(opened, wanted)
    const isWaveform = new Set(waveforms.map(({ sensor }) => sensor.key))
    const scalars = wanted.flatMap(({ sensor, node, address }) =>
      isWaveform.has(sensor.key) ? [] : [{ sensor, node, index: address.index }],
    )
    return new OpcUaConnection(opened, { scalars, waveforms, goodQuality }, around)
  } catch (thrown) {
    await opened[Symbol.asyncDispose]()
    throw thrown
  }
}

interface Contents {
  readonly scalars: readonly ScalarSensor[]
  readonly waveforms: readonly WaveformSensor[]
  readonly goodQuality: number
}

/** Of the second that an abort allows; the rest is for the goodbye. */
const DRAIN_MS = 800

class OpcUaConnection implements Connection {
  readonly #opened: OpcUaSession
  readonly #contents: Contents
  readonly #around: Surroundings
  readonly #stopped = new AbortController()
  readonly #queue = new MeasurementQueue()
  #producing: Promise<unknown> = Promise.resolve()
  /** When we, and not the line, ended it. */
  #endedAtMs: number | null = null

  constructor(opened: OpcUaSession, contents: Contents, around: Surroundings) {
    this.#opened = opened
    this.#contents = contents
    this.#around = around
  }

  async *measurements(): AsyncGenerator<Measurement> {
    if (this.#stopped.signal.aborted) return
    const stopListening = this.#opened.link.onEnd((fault) => this.#end(fault))
    this.#producing = this.#produce()
    try {
      // After an abort the queue is ended, not thrown away: what was measured before it is handed over as far as time allows.
      for await (const measurement of this.#queue) {
        yield measurement
        if (this.#isDrainOver()) break
      }
      const untaken = gapOfUntaken(this.#queue.takeRest(), this.#around.clock.now())
      if (untaken) yield untaken
    } finally {
      stopListening()
      this.#end()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end()
    await this.#opened[Symbol.asyncDispose]()
    await this.#producing
  }

  async #produce(): Promise<void> {
    const { scalars, waveforms, goodQuality } = this.#contents
    const shared = { opened: this.#opened, queue: this.#queue, around: this.#around, goodQuality, signal: this.#stopped.signal }
    try {
      if (waveforms.length > 0) await subscribeToWaveforms({ ...shared, waveforms })
      const periods = new Set(scalars.map(({ sensor }) => sensor.periodMs))
      await Promise.all([...periods].map((periodMs) => readCyclically({ ...shared, scalars }, periodMs)))
    } catch (thrown) {
      this.#end(faultOfThrown(thrown, 'read', this.#opened.link.address))
    }
  }

  #isDrainOver(): boolean {
    return this.#endedAtMs !== null && this.#around.clock.monotonicMs() - this.#endedAtMs >= DRAIN_MS
  }

  /** An interruption, and our own closing, are no fault of the line: the measurements simply end. */
  #end(thrown?: DriverFault): void {
    const isOurs = this.#stopped.signal.aborted || this.#around.signal.aborted
    if (isOurs || thrown === undefined) this.#endedAtMs ??= this.#around.clock.monotonicMs()
    this.#stopped.abort()
    this.#queue.end(isOurs ? undefined : thrown)
  }
}

async function locateSensors(opened: OpcUaSession, sensors: readonly Sensor[]): Promise<readonly Wanted[]> {
  const parsed = sensors.map((sensor) => ({ sensor, address: parseOpcUaAddress(sensor.address) }))
  const named = parsed.flatMap(({ sensor, address }) => (address.node ? [{ sensor, address: { ...address, node: address.node } }] : []))
  const lookup = await lookupFor(
    opened,
    named.map(({ address }) => address.node),
  )
  return named.map(({ sensor, address }) => ({ sensor, address, node: lookup(address.node) ?? null }))
}

/** One mistyped node among many gives bad readings; where nothing at all is right there is nothing to wait for. */
async function refuseIfAllUnknown(opened: OpcUaSession, wanted: readonly Wanted[]): Promise<void> {
  const nodes = wanted.flatMap(({ node }) => (node ? [node] : []))
  const answers = await readNodes(opened, nodes, NODE_CLASS)
  const [first] = wanted
  if (!first || answers.some((answer) => !isNodeUnknown(answer.statusCode.value))) return
  throw unknownNode(first.address)
}

const NODE_CLASS = 2

/** The fault for an address that names nothing on its server. */
export function unknownNode(address: OpcUaAddress): DriverFault {
  const server = formatOpcUaAddress(serverOf(address))
  const node = address.node ? formatNodeReference(address.node) : ''
  return new DriverFault('OPCUA_NODE_UNKNOWN', {
    message: `${server} has no node ${node}`,
    where: { address: formatOpcUaAddress(address) },
    advice: { address: server },
    retry: false,
  })
}

/** Where the server's clock is off, its times are not ours: good values say so. */
async function worthOfGood(opened: OpcUaSession, around: Surroundings): Promise<number> {
  const facts = await readServerFacts(opened, around)
  if (!isClockOff(facts)) return QUALITY.good
  around.log.warn(`the clock of ${opened.link.address} is off`, { offsetMs: Math.round(facts.clockOffsetMs ?? 0) })
  return QUALITY['clock-unsynced']
}

async function waveformsOf(opened: OpcUaSession, wanted: readonly Wanted[]): Promise<readonly WaveformSensor[]> {
  const known = wanted.flatMap(({ sensor, address, node }) => (address.as === 'waveform' && node ? [{ sensor, address, node }] : []))
  if (known.length === 0) return []
  const nodes = await findWaveformNodes(
    opened,
    known.map(({ node }) => node),
  )
  const waveforms = known.flatMap(({ sensor, address }, at) => {
    const node = nodes[at]
    return node ? [{ sensor, node, statedRateHz: address.rateHz }] : []
  })
  const paced = waveforms.filter(hasRate)
  const [unpaced] = waveforms.filter((waveform) => !hasRate(waveform))
  if (unpaced && waveforms.length === wanted.length && paced.length === 0) throw withoutRate(unpaced)
  // Beside others it is read like a value, and is bad as `not-configured`: an array is no single value.
  return paced
}
