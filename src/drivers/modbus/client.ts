import type { Socket } from 'node:net'
import type { Clock } from '../../readings/clock.js'
import type { DriverFault } from '../fault.js'
import { connectTcp, lostLine } from './connect.js'
import { DeadlineTimer } from './deadline-timer.js'
import type { Exchange, LastQuestion, ModbusLine, Question } from './exchange.js'
import { FrameInPieces } from './frame-in-pieces.js'
import { encodeFrame, type Frame, splitFrames } from './mbap.js'
import type { Target } from './medium.js'

export interface ClientOptions extends Target {
  readonly connectTimeoutMs: number
  readonly signal: AbortSignal
  readonly clock: Clock
}

interface Pending {
  readonly question: Question
  /** On the monotonic clock: when its last byte went out; infinity until then. */
  sentAtMs: number
  readonly settle: (exchange: Exchange) => void
  readonly fail: (fault: DriverFault) => void
  /** No longer counted among those on their way. */
  hasGivenWay: boolean
}

/** Many a server handles no more transactions at a time (Messaging on TCP/IP V1.0b, 4.2.2 speaks of 1 to 16). */
const WIDEST_WINDOW = 8
/** Questions whose answers may still come late; beyond this the oldest are forgotten. */
const LATE_LIMIT = 512
/** After so many stretches of foreign bytes without one frame between them, this is not a Modbus line. */
const FOREIGN_LIMIT = 3
/** A far end may give up on a frame that has begun and does not end: libmodbus does after 500 ms. */
const IN_PIECES_MS = 100
/** How long the far end may take to close its side before the socket is destroyed. */
const FIN_PATIENCE_MS = 300

/** One TCP connection to a Modbus host. Answers find their question by transaction id; what fits none is never taken for a value. */
export class ModbusClient implements ModbusLine {
  readonly target: Target
  readonly widestWindow = WIDEST_WINDOW
  window = 1
  lastQuestion: LastQuestion = 'whole'
  readonly #socket: Socket
  readonly #clock: Clock
  readonly #pending = new Map<number, Pending>()
  readonly #late = new Map<number, Pending>()
  readonly #waiting: (() => void)[] = []
  readonly #gone = new AbortController()
  /** One timer for all questions: at tens of thousands a second, a timer each costs more than the rest. */
  readonly #deadlines: DeadlineTimer
  #unsent: Uint8Array[] = []
  /** Of those pending, how many count against the window. */
  #onTheirWay = 0
  #inPieces: FrameInPieces | undefined
  #rest: Uint8Array = new Uint8Array(0)
  #transaction = 0
  #foreign = 0
  #lost: DriverFault | undefined

  constructor(socket: Socket, options: ClientOptions) {
    this.target = { host: options.host, port: options.port }
    this.#socket = socket
    this.#clock = options.clock
    this.#deadlines = new DeadlineTimer(options.clock, (nowMs) => this.#expire(nowMs))
    socket.on('data', (bytes: Buffer) => this.#take(bytes))
    socket.on('error', (error) => this.#lose(`${(error as NodeJS.ErrnoException).code ?? 'error'}: ${error.message}`, error))
    socket.on('end', () => this.#lose('the far end closed it'))
    socket.on('close', () => this.#lose('it was closed'))
  }

  get gone(): AbortSignal {
    return this.#gone.signal
  }

  get isForeign(): boolean {
    return this.#foreign > 0
  }

  ask(question: Question): Promise<Exchange> {
    return this.#lost || this.#onTheirWay < this.window ? this.#send(question) : this.#sendInTurn(question)
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

  async #sendInTurn(question: Question): Promise<Exchange> {
    while (!this.#lost && this.#onTheirWay >= this.window) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return await this.#send(question)
  }

  #send(question: Question): Promise<Exchange> {
    if (this.#lost) return Promise.reject(this.#lost)
    if (this.#pending.size === 0) this.#dropStrayBytes()
    const transaction = this.#nextTransaction()
    const isInPieces = question.isLast && this.lastQuestion === 'in-pieces' && this.#onTheirWay > 0
    const nowMs = this.#clock.monotonicMs()
    const frame = encodeFrame({ transaction, unit: question.unit, pdu: question.pdu })
    this.#sendRest()
    this.#onTheirWay++
    return new Promise((settle, fail) => {
      const pending = { question, sentAtMs: nowMs, settle, fail, hasGivenWay: false }
      this.#pending.set(transaction, pending)
      if (isInPieces) this.#begin(frame, transaction, pending)
      else {
        this.#write(frame)
        this.#await(pending)
      }
    })
  }

  #await({ sentAtMs, question }: Pending): void {
    this.#deadlines.atLatest(sentAtMs + Math.min(question.timeoutMs, question.giveWay?.afterMs ?? Number.POSITIVE_INFINITY))
  }

  #begin(frame: Uint8Array, transaction: number, pending: Pending): void {
    const wholeByMs = pending.sentAtMs + IN_PIECES_MS
    pending.sentAtMs = Number.POSITIVE_INFINITY
    this.#inPieces = new FrameInPieces(frame, { transaction, wholeByMs })
    this.#write(this.#inPieces.piece())
    this.#deadlines.atLatest(wholeByMs)
  }

  /** Ends a question that was begun: nothing else may stand between its bytes. */
  #sendRest(): void {
    const begun = this.#inPieces
    if (!begun) return
    this.#inPieces = undefined
    this.#write(begun.rest())
    const pending = this.#pending.get(begun.transaction)
    if (!pending) return
    pending.sentAtMs = this.#clock.monotonicMs()
    this.#await(pending)
  }

  /** Questions asked in the same turn leave in one write. */
  #write(frame: Uint8Array): void {
    if (this.window === 1 && this.#unsent.length === 0) {
      this.#socket.write(frame)
      return
    }
    if (this.#unsent.push(frame) === 1) queueMicrotask(() => this.#flush())
  }

  #flush(): void {
    const frames = this.#unsent
    this.#unsent = []
    if (!this.#lost) this.#socket.write(frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames))
  }

  #take(bytes: Uint8Array): void {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    const { frames, rest, isForeign } = splitFrames(all)
    this.#rest = rest
    for (const frame of frames) this.#answer(frame)
    const piece = this.#inPieces?.piece()
    if (piece && piece.length > 0) this.#write(piece)
    if (isForeign || this.#dropStrayBytes()) this.#sufferForeignBytes()
  }

  #answer(frame: Frame): void {
    const pending = this.#pending.get(frame.transaction)
    if (pending) {
      this.#release(frame.transaction, pending)
      if (frame.unit !== pending.question.unit) return pending.settle({ kind: 'malformed', why: `unit ${frame.unit} answered instead` })
      this.#foreign = 0
      return pending.settle({ kind: 'reply', pdu: frame.pdu, tookMs: this.#clock.monotonicMs() - pending.sentAtMs })
    }
    const late = this.#late.get(frame.transaction)
    if (!late) return
    this.#late.delete(frame.transaction)
    if (late.question.unit === frame.unit) late.question.late?.(this.#clock.monotonicMs() - late.sentAtMs, frame.pdu)
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
      this.#release(transaction, pending)
      pending.settle({ kind: 'malformed', why: 'bytes came that are no Modbus TCP frame' })
    }
    if (this.#foreign >= FOREIGN_LIMIT) {
      this.#lose('what came from the far end is not Modbus TCP')
      this.#socket.end()
    }
  }

  /** @returns when to look again, on the monotonic clock. */
  #expire(nowMs: number): number {
    if (this.#inPieces && this.#inPieces.wholeByMs <= nowMs) this.#sendRest()
    let nextMs = this.#inPieces?.wholeByMs ?? Number.POSITIVE_INFINITY
    for (const [transaction, pending] of [...this.#pending]) {
      const { question, sentAtMs } = pending
      if (sentAtMs + question.timeoutMs <= nowMs) {
        this.#silence(transaction, pending)
        continue
      }
      nextMs = Math.min(nextMs, sentAtMs + question.timeoutMs)
      if (pending.hasGivenWay || !question.giveWay) continue
      // An answer that has begun to come is not interrupted.
      if (sentAtMs + question.giveWay.afterMs <= nowMs && this.#rest.length === 0) this.#giveWay(pending)
      else nextMs = Math.min(nextMs, Math.max(nowMs + 1, sentAtMs + question.giveWay.afterMs))
    }
    return nextMs
  }

  #silence(transaction: number, pending: Pending): void {
    this.#release(transaction, pending)
    this.#late.set(transaction, pending)
    const [oldest] = this.#late.keys()
    if (this.#late.size > LATE_LIMIT && oldest !== undefined) this.#late.delete(oldest)
    pending.settle({ kind: 'silence', waitedMs: pending.question.timeoutMs })
  }

  #giveWay(pending: Pending): void {
    pending.hasGivenWay = true
    this.#leaveTheWay()
    pending.question.giveWay?.then()
  }

  #release(transaction: number, pending: Pending): void {
    this.#pending.delete(transaction)
    if (!pending.hasGivenWay) this.#leaveTheWay()
  }

  #leaveTheWay(): void {
    this.#onTheirWay--
    if (this.#inPieces && this.#onTheirWay === 1) this.#sendRest()
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
    this.#deadlines.stop()
    this.#inPieces = undefined
    for (const [transaction, pending] of [...this.#pending]) {
      this.#release(transaction, pending)
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
