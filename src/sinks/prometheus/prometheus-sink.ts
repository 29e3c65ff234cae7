import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Fault, reasonOf } from '../../faults/fault.js'
import { countOf, type Freight } from '../../readings/measurement.js'
import type { Sensor } from '../../readings/sensor.js'
import type { EndedBy, Refusal, RunStart, Sink, Tally } from '../contract.js'
import type { SinkSurroundings } from '../surroundings.js'
import { EXPOSITION_TYPE, formatExposition } from './exposition.js'
import { LatestValues } from './latest-values.js'
import { PROMETHEUS_EXAMPLE, type PrometheusTarget, parsePrometheusTarget } from './prometheus-target.js'

const MAX_CONNECTIONS = 16
const REQUEST_TIMEOUT_MS = 5000

/** Tells the latest values to whoever asks for /metrics (README.md). */
export function createPrometheusSink(address: string, around: SinkSurroundings): PrometheusSink {
  return new ExpositionSink(parsePrometheusTarget(address), around)
}

export interface PrometheusSink extends Sink {
  /** Where it listens; null before it does. */
  readonly port: number | null
}

class ExpositionSink implements PrometheusSink {
  readonly name: string
  readonly policy = 'latest'
  readonly #target: PrometheusTarget
  readonly #around: SinkSurroundings
  readonly #server: Server
  #values = new LatestValues([])

  constructor(target: PrometheusTarget, around: SinkSurroundings) {
    this.name = target.name
    this.#target = target
    this.#around = around
    this.#server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS }, (question, answer) =>
      this.#answer(question, answer),
    )
    this.#server.maxConnections = MAX_CONNECTIONS
  }

  get port(): number | null {
    const address = this.#server.address()
    return typeof address === 'object' ? (address?.port ?? null) : null
  }

  async start(run: RunStart): Promise<void> {
    const { host, port } = this.#target
    this.#values = new LatestValues(run.sensors)
    const listening = Promise.withResolvers<void>()
    this.#server.once('error', listening.reject)
    this.#server.listen(port, host, listening.resolve)
    await listening.promise.catch((thrown: unknown) => {
      throw portUnusable(this.#target, reasonOf(thrown))
    })
    this.#server.off('error', listening.reject).on('error', (thrown) => this.#around.log.warn(`${this.name}: ${reasonOf(thrown)}`))
    if (!isLoopback(host)) this.#around.log.warn(`${this.name}: everybody on the network can read the values`)
  }

  extend(sensors: readonly Sensor[]): readonly Refusal[] {
    this.#values.describe(sensors)
    return []
  }

  take(freight: Freight): void {
    if (countOf(freight) === 0) return
    if (freight.kind === 'batch') this.#values.takeBatch(freight, this.#around.clock.monotonicMs())
    else if (freight.kind === 'waveform') this.#values.takeWaveform(freight, `${this.name} takes no waveforms`)
  }

  async close(_endedBy: EndedBy): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
    this.#values.end()
  }

  tally(): Tally {
    const { stored, buffered, drops } = this.#values
    return { stored, buffered, dropped: drops.total, drops: drops.drops }
  }

  #answer({ method, url = '' }: IncomingMessage, answer: ServerResponse): void {
    const path = url.split('?', 1)[0]
    if (method !== 'GET') answer.writeHead(405, { allow: 'GET' }).end()
    else if (path !== '/metrics') answer.writeHead(404, { 'content-type': 'text/plain' }).end('the values are at /metrics\n')
    else {
      const text = formatExposition(this.#values.scrape(this.#around.clock.monotonicMs(), this.#target.staleMs))
      answer.writeHead(200, { 'content-type': EXPOSITION_TYPE }).end(text)
    }
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function portUnusable({ name, host, port }: PrometheusTarget, because: string): Fault {
  return new Fault('SINK_PORT_UNUSABLE', {
    message: `nobody can be answered on ${host}:${port}`,
    where: { sink: name },
    because,
    advice: { example: PROMETHEUS_EXAMPLE },
  })
}
