import { type Envelope, type Scale, scaleOf } from '../../../output/envelope-chart.js'
import type { Grade } from '../../history/envelope-ring.js'
import { historyWindow } from '../../history/history-window.js'
import type { LiveState } from '../../live/live-state.js'
import { steadyNumber } from '../../rows/steady-number.js'
import type { ShownTime } from './chart-time.js'

/** One sensor over the shown time. */
export interface SensorCurve {
  /** In `live`. */
  readonly row: number
  readonly envelope: Envelope
  readonly joinWithinDots: number
  /** Undefined where there is no value in it. */
  readonly scale: Scale | undefined
  /** The worst quality per dot column. */
  readonly grades: readonly Grade[]
}

const DOTS_A_CELL = 2

export function sensorCurve(live: LiveState, row: number, { fromMs, untilMs, cells }: ShownTime): SensorCurve {
  const dots = cells * DOTS_A_CELL
  const history = live.histories[row]
  if (!history?.finest) {
    const none = new Float64Array(dots).fill(Number.NaN)
    const grades = new Array<Grade>(dots).fill('nothing')
    return { row, envelope: { lows: none, highs: none }, joinWithinDots: 1, scale: undefined, grades }
  }
  const { envelope, joinWithinDots, grades } = historyWindow(history, { fromMs, untilMs, dots })
  return { row, envelope, joinWithinDots, scale: scaleOf(envelope), grades }
}

/** The value of a curve that never changes; undefined where it does, or has none. */
export function constantOf({ lows, highs }: Envelope): number | undefined {
  const known = lows.findIndex((low) => !Number.isNaN(low))
  const value = lows[known]
  if (value === undefined) return undefined
  const isConstant = lows.every((low, dot) => Number.isNaN(low) || (low === value && highs[dot] === value))
  return isConstant ? value : undefined
}

/** Lowest … highest of a curve, or of the cell under a cursor; empty where there is no value. */
export function rangeText(live: LiveState, { row, envelope }: Pick<SensorCurve, 'row' | 'envelope'>, cell: number | null): string {
  const [from, to] = cell === null ? [0, envelope.lows.length] : [cell * DOTS_A_CELL, (cell + 1) * DOTS_A_CELL]
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let dot = from; dot < to; dot++) {
    low = Math.min(low, orElse(envelope.lows[dot], Number.POSITIVE_INFINITY))
    high = Math.max(high, orElse(envelope.highs[dot], Number.NEGATIVE_INFINITY))
  }
  if (low > high) return ''
  const known = { magnitude: live.magnitude[row] ?? 0, values: live.fractional[row] === 1 ? 'fractional' : 'whole' } as const
  const [least, most] = [steadyNumber(low, known), steadyNumber(high, known)]
  return low === high || (cell !== null && least === most) ? least : `${least} … ${most}`
}

/** What lies under the cursor: the values there, else those of the reading before it while that is not late; or why there are none. */
export function cursorText(live: LiveState, curve: SensorCurve, { cellMs }: Pick<ShownTime, 'cellMs'>, cell: number): string {
  const back = Math.ceil(((live.sensors[curve.row]?.periodMs ?? 0) * LATE) / cellMs)
  for (let at = cell; at >= Math.max(0, cell - back); at--) {
    const text = rangeText(live, curve, at)
    if (text !== '') return text
    if (gradeIn(curve, at) === 'bad') return '— bad or a gap'
  }
  return '— no reading'
}

/** So many periods after a reading it still holds. */
const LATE = 1.5

function gradeIn({ grades }: SensorCurve, cell: number): Grade {
  const [one = 'nothing', other = 'nothing'] = [grades[cell * DOTS_A_CELL], grades[cell * DOTS_A_CELL + 1]]
  return one === 'bad' ? one : other
}

function orElse(value: number | undefined, otherwise: number): number {
  return value === undefined || Number.isNaN(value) ? otherwise : value
}
