import type { Gap } from '../../readings/measurement.js'
import { QUALITY } from '../../readings/quality.js'
import { advance, dueMs, type Schedule, scheduleFrom } from '../../readings/sampling-schedule.js'
import type { Surroundings } from '../contract.js'
import type { RawValues } from '../raw-values.js'
import type { AnswerOutcome, Asker } from './asker.js'
import { extract } from './extract.js'
import type { Round } from './question-plan.js'
import { missedRow, type Row, rowOf } from './reading-row.js'

/** A question without an answer leaves the line to the others for so long, doubling up to the longest. */
const FIRST_REST_MS = 100
const LONGEST_REST_MS = 30_000
/** Answers are given three times the slowest so far, but never less than this. */
const SHORTEST_WAIT_MS = 200

const FATES = { answer: 'answered', silence: 'silent', other: 'spoilt' } as const

interface Turn {
  readonly round: Round
  schedule: Schedule
  silences: number
  restUntilMs: number
}

interface TurnOptions {
  readonly asker: Asker
  readonly around: Pick<Surroundings, 'clock' | 'timeoutMs' | 'log' | 'traffic' | 'raw'>
  readonly signal: AbortSignal
  readonly give: (rows: readonly Row[]) => void
  readonly tell: (gap: Gap) => void
}

/**
 * Asks for ever, one question at a time, each once per period; every sensor gets a good or a bad reading for it. Periods that the
 * line was too slow for are told as a gap.
 * @throws DriverFault CONNECTION_LOST
 */
export async function askInTurn(rounds: readonly Round[], { asker, around, signal, give, tell }: TurnOptions): Promise<void> {
  const { clock, timeoutMs } = around
  const startMs = clock.monotonicMs()
  const turns: Turn[] = rounds.map((round) => ({ round, schedule: scheduleFrom(startMs, round.periodMs), silences: 0, restUntilMs: 0 }))
  let slowestMs: number | null = null
  while (!signal.aborted) {
    const turn = turns.reduce<Turn | undefined>(
      (best, each) => (best && dueMs(best.schedule) <= dueMs(each.schedule) ? best : each),
      undefined,
    )
    if (!turn) return
    const waitMs = dueMs(turn.schedule) - clock.monotonicMs()
    if (waitMs > 0) await clock.sleep(waitMs, signal)
    if (signal.aborted) return
    const beganMs = clock.monotonicMs()
    const isResting = turns.length > 1 && beganMs < turn.restUntilMs
    const limitMs = slowestMs === null ? timeoutMs : Math.min(timeoutMs, Math.max(SHORTEST_WAIT_MS, 3 * slowestMs))
    const from = clock.now()
    const outcome: AnswerOutcome = isResting ? { kind: 'silence' } : await asker.ask(turn.round.question, { limitMs, signal })
    if (signal.aborted) return
    const tookMs = outcome.kind === 'answer' ? clock.monotonicMs() - beganMs : undefined
    if (tookMs !== undefined) slowestMs = Math.max(slowestMs ?? 0, tookMs)
    if (!isResting) {
      note(turn, outcome, clock.monotonicMs())
      around.traffic?.count(FATES[outcome.kind], tookMs)
    }
    keepRaw(turn.round, outcome, around.raw)
    give(rowsOf(turn.round, outcome, clock.now()))
    const { schedule, skipped } = advance(turn.schedule, clock.monotonicMs())
    turn.schedule = schedule
    if (skipped > 0) tell(overrun(turn.round, { skipped, from, to: clock.now() }))
  }
}

function keepRaw({ members }: Round, outcome: AnswerOutcome, raw: RawValues | undefined): void {
  const text = outcome.kind === 'answer' ? outcome.message.text : outcome.kind === 'other' ? outcome.text : undefined
  if (text !== undefined) for (const { sensor } of members) raw?.keep(sensor.key, { text })
}

function note(turn: Turn, outcome: AnswerOutcome, nowMs: number): void {
  turn.silences = outcome.kind === 'answer' ? 0 : turn.silences + 1
  turn.restUntilMs = turn.silences === 0 ? 0 : nowMs + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(turn.silences, 20))
}

function rowsOf({ members }: Round, outcome: AnswerOutcome, now: number): readonly Row[] {
  switch (outcome.kind) {
    case 'silence':
      return members.map(({ index }) => missedRow(index, now, { quality: QUALITY['no-response'], text: 'no answer' }))
    case 'other':
      return members.map(({ index }) =>
        missedRow(index, now, {
          quality: QUALITY.undecodable,
          text: `the answer is not what was expected: '${outcome.text.slice(0, 100)}'`,
        }),
      )
    case 'answer':
      return members.map(({ index, sensor, address }) => {
        const { text, at } = outcome.message
        const extracted = extract(address, text)
        if (extracted) return rowOf(sensor, index, { extracted, at })
        return missedRow(index, at, { quality: QUALITY.undecodable, text: `the answer holds no such value: '${text.slice(0, 100)}'` })
      })
  }
}

function overrun({ members, periodMs }: Round, missed: { readonly skipped: number; readonly from: number; readonly to: number }): Gap {
  return {
    kind: 'gap',
    sensors: members.map(({ sensor }) => sensor.key),
    from: missed.from,
    to: missed.to,
    cause: `the line took longer than the period of ${periodMs} ms`,
    missing: missed.skipped * members.length,
  }
}
