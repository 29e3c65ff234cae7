import { conditionOf } from '../../live/condition.js'
import { limitsText } from '../../live/limit-state.js'
import type { Picture } from '../../picture.js'
import { ageText } from '../../rows/duration-text.js'
import { steadyNumber } from '../../rows/steady-number.js'
import type { Row } from '../../rows/style.js'
import { LEVEL_STYLE, limitStyle, qualityText, valueSpans } from '../sensors/cells.js'
import type { View } from '../view.js'
import { BIG_ROWS, bigDigits } from './big-digits.js'
import { FIRST_PINNED, PIN_KEYS, type PinnedSensor, pinnedHeading, pinnedRow, restorePinned } from './pinned-sensor.js'

const VALUE_WIDTH = 24

/** One value, readable from across the room. */
export const NUMBER: View<PinnedSensor> = {
  id: 'number',
  title: 'number',
  about: 'one value in large digits',
  keys: PIN_KEYS,
  first: () => FIRST_PINNED,
  restore: restorePinned,
  compose(picture, { state, size }) {
    const row = pinnedRow(picture, state)
    if (typeof row !== 'number') return { heading: [], rows: [row] }
    return { heading: pinnedHeading(picture, row, state), rows: [...valueRows(picture, row, size), standingRow(picture, row)] }
  },
  rowsWanted: () => BIG_ROWS + 1,
}

function valueRows(picture: Picture, row: number, size: { readonly columns: number; readonly rows: number }): readonly Row[] {
  const { live, moment } = picture
  const condition = conditionOf(live, row, moment)
  const unit = live.units[row] ?? ''
  const number = steadyNumber(live.value[row] ?? Number.NaN, {
    magnitude: live.magnitude[row] ?? 0,
    values: live.fractional[row] === 1 ? 'fractional' : 'whole',
  })
  const isShown = condition.level !== 'bad' && condition.level !== 'waiting' && !live.texts[row]
  const large = isShown && size.rows > BIG_ROWS ? bigDigits(number, size.columns - unit.length - 4) : undefined
  if (!large) {
    const cell = { picture, row, condition, quality: 'own-column', selection: 'other' } as const
    return [[{ text: '  ' }, ...valueSpans(cell, VALUE_WIDTH), { text: ` ${unit}` }]]
  }
  const style = condition.level === 'stale' ? ({ weight: 'dim' } as const) : limitStyle(condition.limit)
  return large.map((text, line): Row => [{ text: `  ${text}`, style }, { text: line === BIG_ROWS - 1 ? ` ${unit}` : '' }])
}

function standingRow({ live, moment }: Picture, row: number): Row {
  const condition = conditionOf(live, row, moment)
  return [
    { text: `  ${qualityText(condition)}`, style: LEVEL_STYLE[condition.level] },
    { text: condition.limit === null ? '' : `  beyond ${condition.limit}`, style: limitStyle(condition.limit) },
    { text: condition.level === 'waiting' ? '' : `  ${ageText(condition.ageMs)}`, style: { colour: 'grey' } },
    { text: `  ${limitsText(live.sensors[row]?.limits)}`, style: { colour: 'grey' } },
  ]
}
