import type { Socket } from 'node:net'
import type { Clock } from '../../readings/clock.js'
import type { DriverFault } from '../fault.js'
import { connectTcp, lostLine, type Target } from './connect.js'
import { encodeFrame, type Frame, splitFrames } from './mbap.js'

export interface Question {
  readonly unit: number
  readonly pdu: Uint8Array
  readonly timeoutMs: number
  /** Told when the answer comes after all, `tookMs` after the question; its values are never used. */
  readonly late?: (tookMs: number, pdu: Uint8Array) => void
}

/** What became of a question. */
export type Exchange =
  | { readonly kind: 'reply'; readonly pdu: Uint8Array; readonly tookMs: number }
  | { readonly kind: 'silence'; readonly waitedMs: number }
  | { readonly kind: 'malformed'; readonly why: string }

export interface ClientOptions extends Target {
  readonly connectTimeoutMs: number
  readonly signal: AbortSignal
  readonly clock: Clock
}

interface Pending {
  readonly question: Question
  readonly sentAtMs: number
  readonly timer: NodeJS.Timeout
  readonly settle: (exchange: Exchange) => void
  readonly fail: (fault: DriverFault) => void
}

/** Questions on their way at a time: many a PLC can do no more. */
const WINDOW = 1
/** Questions whose answers may still come late; beyond this the oldest are forgotten. */
const LATE_LIMIT = 512
/** After so many stretches of foreign bytes without one frame between them, this is not a Modbus line. */
const FOREIGN_LIMIT = 3
/** How long the far end may take to close its side before the socket is destroyed. */
const FIN_PATIENCE_MS = 300

/** One TCP connection to a Modbus host. Answers find their question by transaction id; what fits none is never taken for a value. */
export class ModbusClient {
  readonly target: Target
  readonly #socket: Socket
  readonly #clock: Clock
  readonly #pending = new Map<number, Pending>()
  readonly #late = new Map<number, Pending>()
  readonly #waiting: (() => void)[] = []
  readonly #gone = new AbortController()
  #rest: Uint8Array = new Uint8Array(0)
  #transaction = 0
  #foreign = 0
  #lost: DriverFault | undefined

  constructor(socket: Socket, options: ClientOptions) {
    this.target = { host: options.host, port: options.port }
    this.#socket = socket
    this.#clock = options.clock
    socket.on('data', (bytes: Buffer) => this.#take(bytes))
    socket.on('error', (error) => this.#lose(`${(error as NodeJS.ErrnoException).code ?? 'error'}: ${error.message}`, error))
    socket.on('end', () => this.#lose('the far end closed it'))
    socket.on('close', () => this.#lose('it was closed'))
  }

  /** Aborted once the line is gone, whoever ended it. */
  get gone(): AbortSignal {
    return this.#gone.signal
  }

  /** True while nothing but foreign bytes has come. */
  get isForeign(): boolean {
    return this.#foreign > 0
  }

  /** @throws DriverFault CONNECTION_LOST when the line breaks; a silent unit is no fault. */
  async ask(question: Question): Promise<Exchange> {
    while (!this.#lost && this.#pending.size >= WINDOW) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    if (this.#lost) throw this.#lost
    if (this.#pending.size === 0) this.#dropStrayBytes()
    const transaction = this.#nextTransaction()
    return new Promise((resolve, reject) => {
      this.#pending.set(transaction, {
        question,
        sentAtMs: this.#clock.monotonicMs(),
        timer: setTimeout(() => this.#expire(transaction), question.timeoutMs),
        settle: resolve,
        fail: reject,
      })
      this.#socket.write(encodeFrame({ transaction, unit: question.unit, pdu: question.pdu }))
    })
  }

  /** Closes with FIN and waits for the far end to do the same; never throws. */
  async close(): Promise<void> {
    this.#lose('it was closed from this side')
    if (this.#socket.closed) return
    const closed = Promise.withResolvers<void>()
    this.#socket.once('close', () => closed.resolve())
    const timer = setTimeout(() => this.#socket.destroy(), FIN_PATIENCE_MS)
    this.#socket.end()
    await closed.promise
    clearTimeout(timer)
  }

  #take(bytes: Uint8Array): void {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    const { frames, rest, isForeign } = splitFrames(all)
    this.#rest = rest
    for (const frame of frames) this.#answer(frame)
    if (isForeign || this.#dropStrayBytes()) this.#sufferForeignBytes()
  }

  #answer(frame: Frame): void {
    const pending = this.#pending.get(frame.transaction)
    if (pending) {
      this.#release(frame.transaction)
      if (frame.unit !== pending.question.unit) return pending.settle({ kind: 'malformed', why: `unit ${frame.unit} answered instead` })
      this.#foreign = 0
      return pending.settle({ kind: 'reply', pdu: frame.pdu.slice(), tookMs: this.#clock.monotonicMs() - pending.sentAtMs })
    }
    const late = this.#late.get(frame.transaction)
    this.#late.delete(frame.transaction)
    if (late && late.question.unit === frame.unit) late.question.late?.(this.#clock.monotonicMs() - late.sentAtMs, frame.pdu.slice())
  }

  /** The beginning of a frame that answers no question of ours would swallow the answers after it. */
  #dropStrayBytes(): boolean {
    const [high, low] = this.#rest
    if (high === undefined || low === undefined) return false
    const transaction = (high << 8) | low
    if (this.#pending.has(transaction) || this.#late.has(transaction)) return false
    this.#rest = new Uint8Array(0)
    return true
  }

  #sufferForeignBytes(): void {
    this.#foreign++
    for (const [transaction, pending] of [...this.#pending]) {
      this.#release(transaction)
      pending.settle({ kind: 'malformed', why: 'bytes came that are no Modbus TCP frame' })
    }
    if (this.#foreign >= FOREIGN_LIMIT) {
      this.#lose('what came from the far end is not Modbus TCP')
      this.#socket.end()
    }
  }

  #expire(transaction: number): void {
    const pending = this.#pending.get(transaction)
    if (!pending) return
    this.#release(transaction)
    this.#late.set(transaction, pending)
    const [oldest] = this.#late.keys()
    if (this.#late.size > LATE_LIMIT && oldest !== undefined) this.#late.delete(oldest)
    pending.settle({ kind: 'silence', waitedMs: pending.question.timeoutMs })
  }

  #release(transaction: number): void {
    clearTimeout(this.#pending.get(transaction)?.timer)
    this.#pending.delete(transaction)
    this.#waiting.shift()?.()
  }

  #nextTransaction(): number {
    do this.#transaction = (this.#transaction + 1) & 0xffff
    while (this.#pending.has(this.#transaction))
    this.#late.delete(this.#transaction)
    return this.#transaction
  }

  #lose(because: string, cause?: unknown): void {
    if (this.#lost) return
    this.#lost = lostLine(this.target, because, cause)
    for (const [transaction, pending] of [...this.#pending]) {
      this.#release(transaction)
      pending.fail(this.#lost)
    }
    for (const wake of this.#waiting.splice(0)) wake()
    this.#late.clear()
    this.#gone.abort()
  }
}

/** @throws DriverFault as `connectTcp` does. */
export async function connectClient(options: ClientOptions): Promise<ModbusClient> {
  const socket = await connectTcp(options, { timeoutMs: options.connectTimeoutMs, signal: options.signal })
  return new ModbusClient(socket, options)
}
