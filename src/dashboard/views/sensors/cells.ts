import { fitWidth } from '../../../output/display-width.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Condition } from '../../live/condition.js'
import { cutText } from '../../rows/cut-text.js'
import { fitSteady } from '../../rows/fit-number.js'
import { slotsPerColumnFor, sparkline } from '../../rows/sparkline.js'
import type { Span, Style } from '../../rows/style.js'
import type { SensorCell } from './column.js'

export const LEVEL_STYLE: Readonly<Record<Condition['level'], Style>> = {
  waiting: { colour: 'grey' },
  good: { colour: 'grey' },
  uncertain: { colour: 'yellow' },
  stale: { colour: 'yellow' },
  bad: { colour: 'red' },
}

const LEVEL_SIGN: Readonly<Record<Condition['level'], string>> = { waiting: '', good: '', uncertain: '~ ', stale: '~ ', bad: '✗ ' }
const LEVEL_SEVERITY: Readonly<Record<Condition['level'], number>> = { good: 0, waiting: 1, uncertain: 2, stale: 3, bad: 5 }

export function qualityText({ level, reason }: Condition): string {
  return `${LEVEL_SIGN[level]}${reason}`
}

/** The worse, the larger; a limit weighs as much as a quality does. */
export function severityOf({ level, limit }: Condition): number {
  const beyond = limit === null ? 0 : limit === 'HH' || limit === 'LL' ? 6 : 4
  return Math.max(beyond, LEVEL_SEVERITY[level])
}

export function limitStyle(limit: Condition['limit']): Style {
  if (limit === null) return { weight: 'bold' }
  return limit === 'HH' || limit === 'LL' ? { colour: 'red', weight: 'bold' } : { colour: 'yellow', weight: 'bold' }
}

/** The value; without a quality column, the reason of a bad one takes its place. */
export function valueSpans({ picture: { live }, row, condition, quality }: SensorCell, width: number): readonly Span[] {
  if (condition.level === 'waiting') return [{ text: fitWidth('·', width, 'right'), style: { colour: 'grey' } }]
  if (condition.level === 'bad') {
    const text = quality === 'own-column' ? fitWidth('—', width, 'right') : fitWidth(`— ${condition.reason}`, width)
    return [{ text, style: { colour: 'red' } }]
  }
  const style = condition.level === 'stale' ? ({ weight: 'dim' } as const) : condition.limit === null ? {} : limitStyle(condition.limit)
  const text = live.texts[row]
  if (text) return [{ text: fitWidth(cutText(terminalSafe(text, { maxWidth: 300 }), width), width), style }]
  const history = { magnitude: live.magnitude[row] ?? 0, values: live.fractional[row] === 1 ? 'fractional' : 'whole' } as const
  const number = fitSteady(live.value[row] ?? Number.NaN, history, width)
  return [{ text: fitWidth(number, width, 'right'), style }]
}

/** On a slow line the trend moves every five seconds. */
const LOW_BANDWIDTH_SLOTS = 20

export function trendText({ picture, row }: Pick<SensorCell, 'picture' | 'row'>, columns: number): string {
  const ring = picture.live.histories[row]?.finest
  if (!ring || Number.isNaN(ring.newestSlot)) return ' '.repeat(columns)
  const normal = slotsPerColumnFor(picture.live.sensors[row]?.periodMs ?? 0)
  const slotsPerColumn = picture.bandwidth === 'low' ? Math.max(normal, LOW_BANDWIDTH_SLOTS) : normal
  return sparkline(ring, { columns, untilSlot: ring.slotOf(picture.moment.now / 1000), slotsPerColumn })
}
