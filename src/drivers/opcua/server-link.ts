import type { OPCUAClient } from 'node-opcua-client'
import type { Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { faultOfThrown } from './thrown.js'

/** How long an orderly goodbye may take before the socket is simply closed. */
const GOODBYE_MS = 500

type Channel = ReturnType<typeof channelOf>

/**
 * One client of the library with a life that ends: every request has our deadline (the library waits at least 5 s), ends with the
 * abort signal and with the line, and after `close` no socket or timer is left, whatever the server does.
 */
export class ServerLink implements AsyncDisposable {
  readonly client: OPCUAClient
  /** For messages, without secrets. */
  readonly address: string
  readonly #around: Surroundings
  readonly #waiting = new Set<(fault: DriverFault) => void>()
  readonly #channels = new Set<Channel>()
  #ended: DriverFault | undefined
  #closing: Promise<void> | undefined

  constructor(client: OPCUAClient, address: string, around: Surroundings) {
    this.client = client
    this.address = address
    this.#around = around
    client.on('secure_channel_created', (channel) => this.#channels.add(channelOf(channel)))
    around.signal.addEventListener('abort', this.#abort, { once: true })
    if (around.signal.aborted) this.#abort()
  }

  /** Before the line stands, a failing connect says more than the closing of its socket does. */
  async connect(endpointUrl: string, timeoutMs: number): Promise<void> {
    await this.ask('connect', () => this.client.connect(endpointUrl), timeoutMs)
    this.client.on('connection_lost', this.#lose)
    this.client.on('close', this.#lose)
  }

  /** Why the line can be used no more; undefined while it can. */
  get ended(): DriverFault | undefined {
    return this.#ended
  }

  /** Tells once when the line ends; returns how to stop listening. */
  onEnd(listener: (fault: DriverFault) => void): () => void {
    if (this.#ended) listener(this.#ended)
    else this.#waiting.add(listener)
    return () => this.#waiting.delete(listener)
  }

  /** Sends a request. @throws DriverFault when it fails, takes longer than `timeoutMs`, or the line ends. */
  async ask<T>(what: string, request: () => Promise<T>, timeoutMs = this.#around.timeoutMs): Promise<T> {
    if (this.#ended) throw this.#ended
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const timer = setTimeout(() => reject(this.#silence(what, timeoutMs)), timeoutMs)
    const stopListening = this.onEnd(reject)
    request().then(resolve, (thrown: unknown) => reject(this.#ended ?? faultOfThrown(thrown, what, this.address)))
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      stopListening()
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    this.#around.signal.removeEventListener('abort', this.#abort)
    this.#end(new DriverFault('CONNECTION_LOST', { message: `${this.address} was closed`, advice: { address: this.address }, retry: true }))
    const goodbye = this.client.disconnect().catch(() => {})
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GOODBYE_MS)
    })
    await Promise.race([goodbye, patience])
    clearTimeout(timer)
    // A server that hangs leaves the library waiting for its answer: without a socket there is nothing to wait for.
    for (const channel of this.#channels) channel.break()
    this.client.removeListener('connection_lost', this.#lose)
    this.client.removeListener('close', this.#lose)
  }

  readonly #lose = (reason?: Error | null): void => {
    const because = reason?.message
    this.#end(
      new DriverFault('CONNECTION_LOST', {
        message: `the connection to ${this.address} broke`,
        ...(because ? { because } : {}),
        advice: { address: this.address },
        retry: true,
      }),
    )
  }

  readonly #abort = (): void => {
    this.#end(new DriverFault('INTERRUPTED', { message: `the talk with ${this.address} was interrupted`, retry: false }))
  }

  #end(fault: DriverFault): void {
    if (this.#ended) return
    this.#ended = fault
    for (const tell of this.#waiting) tell(fault)
    this.#waiting.clear()
  }

  #silence(what: string, timeoutMs: number): DriverFault {
    return new DriverFault('OPCUA_SILENT', {
      message: `${this.address} did not answer (${what}) within ${Math.round(timeoutMs)} ms`,
      advice: { address: this.address },
      retry: true,
    })
  }
}

/** The library's way to drop the socket at once; it is there for its own timeouts. */
function channelOf(channel: unknown): { break(): void } {
  return { break: () => (channel as { forceConnectionBreak(): void }).forceConnectionBreak() }
}
