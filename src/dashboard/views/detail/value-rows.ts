import { type Condition, conditionOf } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import { ageText } from '../../rows/duration-text.js'
import { steadyNumber } from '../../rows/steady-number.js'
import type { Row, Span } from '../../rows/style.js'
import { LEVEL_STYLE, limitStyle, qualityText, valueSpans } from '../sensors/cells.js'
import type { PaneSize } from '../view.js'
import { BIG_ROWS, bigDigits } from '../widgets/big-digits.js'

const VALUE_WIDTH = 16
const BIG_FROM_ROWS = 16

/** The value with how it stands: in large digits where there is room and a number to show. */
export function valueRows(picture: Picture, row: number, size: PaneSize): readonly Row[] {
  const { live, moment } = picture
  const condition = conditionOf(live, row, moment)
  const standing = standingSpans(condition)
  const unit = live.units[row] ?? ''
  const large = size.rows < BIG_FROM_ROWS ? undefined : largeValue(picture, row, condition, size.columns - unit.length - 30)
  if (large) {
    const style = condition.level === 'stale' ? ({ weight: 'dim' } as const) : limitStyle(condition.limit)
    return large.map((text, line): Row => {
      return [{ text: `  ${text}`, style }, ...(line === BIG_ROWS - 1 ? [{ text: ` ${unit}    ` }, ...standing] : [])]
    })
  }
  const cell = { picture, row, condition, quality: 'own-column', selection: 'other' } as const
  const value = valueSpans(cell, VALUE_WIDTH).map((span) => ({ ...span, style: { ...span.style, weight: 'bold' as const } }))
  return [[{ text: ' ' }, ...value, { text: ` ${unit}  ` }, ...standing]]
}

function largeValue({ live }: Picture, row: number, { level }: Condition, columns: number): readonly string[] | undefined {
  if (level === 'bad' || level === 'waiting' || live.texts[row]) return undefined
  const known = { magnitude: live.magnitude[row] ?? 0, values: live.fractional[row] === 1 ? 'fractional' : 'whole' } as const
  return bigDigits(steadyNumber(live.value[row] ?? Number.NaN, known), columns)
}

function standingSpans(condition: Condition): readonly Span[] {
  return [
    { text: qualityText(condition), style: LEVEL_STYLE[condition.level] },
    { text: condition.limit === null ? '' : `  beyond ${condition.limit}`, style: limitStyle(condition.limit) },
    { text: condition.level === 'waiting' ? '' : `  ${ageText(condition.ageMs)}`, style: { colour: 'grey' } },
  ]
}
