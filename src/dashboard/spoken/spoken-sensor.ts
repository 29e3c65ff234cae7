import { terminalSafe } from '../../output/terminal-safe.js'
import { conditionOf, type Moment } from '../live/condition.js'
import type { LiveState } from '../live/live-state.js'
import { ageText } from '../rows/duration-text.js'
import { steadyNumber } from '../rows/steady-number.js'

const LIMITS = { HH: 'critical high', H: 'high', L: 'low', LL: 'critical low' } as const

/** A sensor in a sentence, without signs that a reader would spell: `pump/flow 155.2 m³/h, high`. */
export function spokenSensor(live: LiveState, row: number, moment: Moment): string {
  const name = live.names[row] ?? ''
  const { level, reason, limit, ageMs } = conditionOf(live, row, moment)
  if (level === 'waiting') return `${name}: no value yet`
  if (level === 'bad') return `${name}: no value, ${reason}`
  const text = live.texts[row]
  const number = steadyNumber(live.value[row] ?? Number.NaN, {
    magnitude: live.magnitude[row] ?? 0,
    values: live.fractional[row] === 1 ? 'fractional' : 'whole',
  }).replace('−', 'minus ')
  const value = text ? terminalSafe(text, { maxWidth: 60 }) : number
  const unit = live.units[row] === '' ? '' : ` ${live.units[row]}`
  const doubt = level === 'stale' ? `, old: ${ageText(ageMs)}` : level === 'uncertain' ? `, uncertain: ${reason}` : ''
  return `${name}: ${value}${unit}${limit === null ? '' : `, ${LIMITS[limit]}`}${doubt}`
}
