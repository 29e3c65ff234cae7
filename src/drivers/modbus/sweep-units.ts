import type { Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { AnswerTimes } from './answer-times.js'
import type { ModbusClient } from './client.js'
import { isAbsence, isIllegal, PduError, parseReadReply, type Span } from './pdu.js'
import { type Answer, readSpan } from './read-span.js'

/** A unit id that something answers to. */
export interface PresentUnit {
  readonly unit: number
  readonly answer: Answer
  /** True where the host answers to every unit id alike, so that this one stands for all. */
  readonly isEveryUnit: boolean
}

export interface SweepOptions {
  readonly around: Pick<Surroundings, 'clock' | 'log' | 'signal' | 'timeoutMs'>
  /** Wait for the very first answer, while nothing is known of the host's speed. */
  readonly firstPatienceMs: number
}

/** The gentlest question there is; whatever the answer, there is somebody. */
const QUESTION: Span = { table: 'holding', from: 0, quantity: 1 }
/** Where a host's own voice and the usual first devices are heard; the last three tell a host that answers to everything. */
const FIRST_UNITS = [1, 255, 0, 93, 187, 246] as const
const CONTROL_UNITS = [93, 187, 246] as const
const LAST_UNIT = 247
const CHUNK = 8
/** The whole sweep of one host ends after so long, whatever is left. */
const BUDGET_MS = 30_000
const LINGER_MS = 120

/** Asks one unit whether it is there. */
export async function* askUnit(client: ModbusClient, unit: number, options: SweepOptions): AsyncGenerator<PresentUnit> {
  const sweep = new Sweep(client, options)
  yield* present(await sweep.ask([unit]))
}

/**
 * Finds the unit ids that something answers to, in chunks, yielding after each. Ends early where the far end does not speak Modbus.
 * @throws DriverFault CONNECTION_LOST where the line breaks after somebody had answered.
 */
export async function* sweepUnits(client: ModbusClient, options: SweepOptions): AsyncGenerator<PresentUnit> {
  const { clock, signal, log } = options.around
  const sweep = new Sweep(client, options)
  const startMs = clock.monotonicMs()
  const first = await sweep.ask(FIRST_UNITS)
  if (sweep.isForeign) return
  const background = backgroundOf(first)
  const everyUnit = first.get(1)
  if (background === 'values' && everyUnit) return yield { unit: 1, answer: everyUnit, isEveryUnit: true }

  const isHeard = (unit: number, answer: Answer): boolean => unit >= 1 && unit <= LAST_UNIT && signatureOf(answer) !== background
  let heard = 0
  for (const found of present(first)) {
    if (isHeard(found.unit, found.answer)) heard++
    if (isHeard(found.unit, found.answer)) yield found
  }
  const others = Array.from({ length: LAST_UNIT }, (_, index) => index + 1).filter(
    (unit) => !first.has(unit) || first.get(unit)?.kind === 'silence',
  )
  for (let at = 0; at < others.length && !signal.aborted; at += CHUNK) {
    for (const found of present(await sweep.ask(others.slice(at, at + CHUNK)))) {
      if (!isHeard(found.unit, found.answer)) continue
      heard++
      yield found
    }
    if (clock.monotonicMs() - startMs < BUDGET_MS) continue
    log.warn(
      `the search of ${client.target.host}:${client.target.port} ended after ${BUDGET_MS / 1000} s; units from ${others[at + CHUNK] ?? LAST_UNIT} on were not asked`,
    )
    break
  }
  await clock.sleep(LINGER_MS, signal)
  for (const found of present(sweep.takeLate())) {
    if (!isHeard(found.unit, found.answer)) continue
    heard++
    yield found
  }
  if (heard > 0 || signal.aborted) return
  const own = present(first).find(({ answer }) => background === null || signatureOf(answer) === background)
  if (own && (own.answer.kind === 'values' || isIllegalAnswer(own.answer))) yield { ...own, isEveryUnit: background !== null }
}

/** Units that answered, as opposed to silence and a gateway's word that nobody is there. */
function present(answers: ReadonlyMap<number, Answer>): readonly PresentUnit[] {
  return [...answers]
    .filter(([, answer]) => answer.kind !== 'silence' && !(answer.kind === 'exception' && isAbsence(answer.code)))
    .map(([unit, answer]) => ({ unit, answer, isEveryUnit: false }))
}

function isIllegalAnswer(answer: Answer): boolean {
  return answer.kind === 'exception' && isIllegal(answer.code)
}

/** What the host says for units that cannot all exist; null where it is silent, or speaks differently for each. */
function backgroundOf(answers: ReadonlyMap<number, Answer>): string | null {
  const signatures = new Set(CONTROL_UNITS.map((unit) => signatureOf(answers.get(unit))))
  const [only] = signatures
  return signatures.size === 1 && only !== undefined && only !== 'silence' ? only : null
}

function signatureOf(answer: Answer | undefined): string {
  if (!answer) return 'silence'
  return answer.kind === 'exception' ? `exception ${answer.code}` : answer.kind
}

/** One host's questions and what is learnt from them. */
class Sweep {
  readonly #client: ModbusClient
  readonly #times: AnswerTimes
  #late = new Map<number, Answer>()
  #isAnswered = false
  isForeign = false

  constructor(client: ModbusClient, { around, firstPatienceMs }: SweepOptions) {
    this.#client = client
    this.#times = new AnswerTimes({ firstMs: firstPatienceMs, longestMs: around.timeoutMs })
  }

  /** Late answers to earlier questions come with the answers to these. */
  async ask(units: readonly number[]): Promise<ReadonlyMap<number, Answer>> {
    const answers = new Map<number, Answer>()
    try {
      await Promise.all(units.map(async (unit) => answers.set(unit, await this.#askOne(unit))))
      // Foreign bytes spoil every question on its way, so each is asked again by itself.
      for (const [unit, answer] of answers) if (this.#isAnswered && answer.kind === 'malformed') answers.set(unit, await this.#askOne(unit))
    } catch (thrown) {
      if (!(thrown instanceof DriverFault) || this.#isAnswered) throw thrown
      this.isForeign = true
    }
    if (!this.#isAnswered && this.#client.isForeign) this.isForeign = true
    return new Map([...answers, ...this.takeLate()])
  }

  takeLate(): ReadonlyMap<number, Answer> {
    const late = this.#late
    this.#late = new Map()
    return late
  }

  async #askOne(unit: number): Promise<Answer> {
    const late = (tookMs: number, pdu: Uint8Array): void => {
      this.#times.add(tookMs)
      this.#isAnswered = true
      this.#late.set(unit, { ...parsed(pdu), tookMs } as Answer)
    }
    const answer = await readSpan(this.#client, { unit, timeoutMs: this.#times.patienceMs, late }, QUESTION)
    if (answer.kind === 'values' || answer.kind === 'exception') {
      this.#isAnswered = true
      // A gateway's refusal takes as long as its own time-out; it says nothing of how fast units answer.
      if (answer.kind === 'values' || !isAbsence(answer.code)) this.#times.add(answer.tookMs)
    }
    return answer
  }
}

function parsed(pdu: Uint8Array): { readonly kind: 'malformed'; readonly why: string } | ReturnType<typeof parseReadReply> {
  try {
    return parseReadReply(pdu, QUESTION)
  } catch (thrown) {
    if (thrown instanceof PduError) return { kind: 'malformed', why: thrown.message }
    throw thrown
  }
}
