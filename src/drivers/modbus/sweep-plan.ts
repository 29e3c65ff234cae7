import type { TimeLimits } from './answer-times.js'
import { ASCII_FRAMING } from './ascii-frame.js'
import { TCP_TIMING, timingOf } from './line-timing.js'
import { settingsOf, type Target } from './medium.js'
import { readRequest, type Span } from './pdu.js'
import { RTU_FRAMING } from './rtu-frame.js'
import { type SerialScope, targetsOf } from './serial-scope.js'

/** The gentlest question there is; whatever the answer, there is somebody. */
export const SWEEP_QUESTION: Span = { table: 'holding', from: 0, quantity: 1 }

/** A unit that answered is asked the same so often again. */
export const EXAMINED_TIMES = 4

/** One pass over the units, with one setting of the line. */
export interface SweepStep {
  readonly target: Target
  readonly units: readonly number[]
  readonly limits: TimeLimits
  /** What it takes when nobody answers. */
  readonly estimateMs: number
  /** The most that it takes when every unit answers in its time, and says who it is. */
  readonly allAnswerMs: number
}

/** What a unit may think before it answers. Slower ones are heard as late, and asked again where they fell into another's question. */
const TURNAROUND_MS = 30
/** Behind a device server that buffers, at a speed that nobody tells. */
const TCP_PATIENCE_MS = 120
const ADAPTER_LAG_MS = 20
/** Of each that answers: who it is (functions 43/14 twice and 17, at most), the length of such an answer at the most, and the same question again. */
const IDENTIFYING = 3
const LONGEST_ANSWER_CHARACTERS = 256

/** Everything that a sweep will ask, and how long that takes: the sum of the questions and their time-outs. The gap between frames passes while nobody answers. */
export function planSweep(scope: Pick<SerialScope, 'target' | 'unit' | 'units' | 'sweep'>, timeoutMs: number): readonly SweepStep[] {
  const { from, to } = scope.units
  const units = scope.unit === null ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : [scope.unit]
  return targetsOf(scope).map((target) => {
    const settings = settingsOf(target.medium)
    const timing = settings ? timingOf(settings) : TCP_TIMING
    const framing = target.medium?.scheme === 'modbus-ascii' ? ASCII_FRAMING : RTU_FRAMING
    const pdu = readRequest(SWEEP_QUESTION)
    const floorMs = settings ? framing.answerBytes(pdu) * timing.characterMs + ADAPTER_LAG_MS : TCP_PATIENCE_MS / 4
    const patienceMs = scope.unit === null ? Math.min(timeoutMs, settings ? floorMs + TURNAROUND_MS : TCP_PATIENCE_MS) : timeoutMs
    const askMs = framing.encode(1, pdu).length * timing.characterMs
    const answeredMs =
      (1 + IDENTIFYING + EXAMINED_TIMES) * (askMs + patienceMs + timing.gapMs) +
      IDENTIFYING * LONGEST_ANSWER_CHARACTERS * timing.characterMs
    return {
      target,
      units,
      limits: {
        firstMs: patienceMs,
        silentMs: patienceMs,
        shortestMs: Math.min(floorMs, patienceMs),
        longestMs: patienceMs,
        late: 'teaches',
      },
      estimateMs: units.length * (askMs + patienceMs),
      allAnswerMs: units.length * answeredMs,
    }
  })
}
