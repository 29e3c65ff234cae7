import type { Surroundings } from '../contract.js'
import type { TimeLimits } from './answer-times.js'
import type { ModbusLine } from './exchange.js'
import { nameOfTarget } from './medium.js'
import { isAbsence, isIllegal } from './pdu.js'
import type { Answer } from './read-span.js'
import { UnitSweep } from './unit-sweep.js'

/** A unit id that something answers to. */
export interface PresentUnit {
  readonly unit: number
  readonly answer: Answer
  /** True where the host answers to every unit id alike, so that this one stands for all. */
  readonly isEveryUnit: boolean
}

export interface SweepOptions {
  readonly around: Pick<Surroundings, 'clock' | 'log' | 'signal' | 'progress'>
  readonly limits: TimeLimits
  /** What becomes of a host that answers to none of the first questions: somebody named it, or it is one of many. */
  readonly silentHost?: 'is-swept' | 'is-left'
}

/** Where a host's own voice and the usual first devices are heard; the last three tell a host that answers to everything. */
const FIRST_UNITS = [1, 255, 0, 93, 187, 246] as const
const CONTROL_UNITS = [93, 187, 246] as const
const LAST_UNIT = 247
const CHUNK = 8
/** The whole sweep of one host ends after so long, whatever is left. */
export const HOST_BUDGET_MS = 30_000
const LINGER_MS = 120
/** One late answer is a slow unit; several are a host that stalled, and may have lost questions meanwhile. */
const STALL_LATES = 3

/** Asks one unit whether it is there. */
export async function* askUnit(client: ModbusLine, unit: number, { limits }: SweepOptions): AsyncGenerator<PresentUnit> {
  yield* presentIn(await new UnitSweep(client, limits).ask([unit]))
}

/**
 * Finds the unit ids that something answers to, in chunks, yielding after each. Ends early where the far end does not speak Modbus.
 * @throws DriverFault CONNECTION_LOST where the line breaks after somebody had answered.
 */
export async function* sweepUnits(client: ModbusLine, options: SweepOptions): AsyncGenerator<PresentUnit> {
  const sweep = new UnitSweep(client, options.limits)
  const first = await sweep.ask(FIRST_UNITS)
  if (sweep.isForeign) return
  sweep.endFirst()
  if (options.silentHost === 'is-left' && [...first.values()].every(({ kind }) => kind === 'silence')) return
  const background = backgroundOf(first)
  const one = first.get(1)
  if (background === 'values' && one) {
    yield { unit: 1, answer: one, isEveryUnit: true }
    return
  }
  const heard = new Set<number>()
  const news = (answers: ReadonlyMap<number, Answer>): readonly PresentUnit[] => {
    const found = presentIn(answers).filter(({ unit, answer }) => isOfLine(unit) && signatureOf(answer) !== background && !heard.has(unit))
    for (const { unit } of found) heard.add(unit)
    return found
  }
  yield* news(first)
  for await (const answers of askAll(client, sweep, { ...options, isKnown: (unit) => heard.has(unit) || answered(first, unit) }))
    yield* news(answers)
  if (heard.size > 0 || options.around.signal.aborted) return
  const own = presentIn(first).find(({ answer }) => answer.kind === 'values' || isIllegalAnswer(answer))
  if (own) yield { ...own, isEveryUnit: background !== null }
}

interface AskAllOptions extends SweepOptions {
  readonly isKnown: (unit: number) => boolean
}

/** Every unit of the line once; all the silent ones a second time where the host seems to have stalled. */
async function* askAll(
  client: ModbusLine,
  sweep: UnitSweep,
  { around, isKnown }: AskAllOptions,
): AsyncGenerator<ReadonlyMap<number, Answer>> {
  const { clock, signal, log } = around
  const endMs = clock.monotonicMs() + HOST_BUDGET_MS
  for (let round = 0; round < 2; round++) {
    const latesBefore = sweep.lates
    const units = Array.from({ length: LAST_UNIT }, (_, index) => index + 1).filter((unit) => !isKnown(unit))
    const answeredNow = new Set<number>()
    for (let at = 0; at < units.length && !signal.aborted; at += CHUNK) {
      const answers = await sweep.ask(units.slice(at, at + CHUNK))
      for (const [unit, answer] of answers) if (answer.kind !== 'silence') answeredNow.add(unit)
      around.progress?.({ done: Math.min(at + CHUNK, units.length), total: units.length, what: 'unit ids' })
      yield answers
      if (clock.monotonicMs() < endMs) continue
      log.warn(
        `the search of ${nameOfTarget(client.target)} ended after ${HOST_BUDGET_MS / 1000} s; units from ${units[at + CHUNK] ?? LAST_UNIT} on were not asked`,
      )
      return
    }
    await clock.sleep(LINGER_MS, signal)
    yield sweep.takeLate()
    if (sweep.lates - latesBefore < STALL_LATES || answeredNow.size === units.length) return
  }
}

/** Units that answered, as opposed to silence and a gateway's word that nobody is there. */
function presentIn(answers: ReadonlyMap<number, Answer>): readonly PresentUnit[] {
  return [...answers]
    .filter(([, answer]) => answer.kind !== 'silence' && !(answer.kind === 'exception' && isAbsence(answer.code)))
    .map(([unit, answer]) => ({ unit, answer, isEveryUnit: false }))
}

function answered(answers: ReadonlyMap<number, Answer>, unit: number): boolean {
  return (answers.get(unit)?.kind ?? 'silence') !== 'silence'
}

/** 0 and 255 are a host's own names, 248 to 254 are reserved. */
function isOfLine(unit: number): boolean {
  return unit >= 1 && unit <= LAST_UNIT
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
