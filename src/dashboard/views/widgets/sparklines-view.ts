import { fitWidth } from '../../../output/display-width.js'
import { conditionOf } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import type { Row } from '../../rows/style.js'
import { trendText, valueSpans } from '../sensors/cells.js'
import type { View } from '../view.js'
import { CHOSEN_KEYS, type ChosenSensors, chosenHeading, chosenRows, FIRST_CHOSEN, restoreChosen, typeChosen } from './chosen-sensors.js'

const VALUE_WIDTH = 9
const UNIT_WIDTH = 6
const LEAST_TREND = 8

/** Several sensors, a line each: name, the recent past as blocks, the value. */
export const SPARKLINES: View<ChosenSensors> = {
  id: 'sparklines',
  title: 'sparklines',
  about: 'several sensors, the recent past of each in one line',
  keys: CHOSEN_KEYS,
  first: () => FIRST_CHOSEN,
  restore: restoreChosen,
  typing: typeChosen,
  compose(picture, { state, size }) {
    const chosen = chosenRows(picture, state)
    const top = Math.min(state.top, Math.max(0, chosen.length - size.rows))
    const rows = chosen.slice(top, top + size.rows).map((row) => sparklineRow(picture, row, size.columns))
    const none: Row = [{ text: '  no sensor fits', style: { colour: 'grey' } }]
    return {
      heading: chosenHeading(state, chosen.length),
      rows: rows.length === 0 ? [none] : rows,
      ...(top === state.top ? {} : { state: { ...state, top } }),
    }
  },
  rowsWanted: (picture, { state }) => Math.max(1, chosenRows(picture, state).length),
}

function sparklineRow(picture: Picture, row: number, columns: number): Row {
  const { live, moment } = picture
  const condition = conditionOf(live, row, moment)
  const rest = columns - VALUE_WIDTH - UNIT_WIDTH - 4
  const name = Math.max(8, Math.min(live.longestName, rest - LEAST_TREND))
  const cell = { picture, row, condition, quality: 'own-column', selection: 'other' } as const
  return [
    { text: ` ${fitWidth(live.names[row] ?? '', name)} ` },
    { text: trendText({ picture, row }, Math.max(0, rest - name)), style: { colour: 'cyan' } },
    ...valueSpans(cell, VALUE_WIDTH),
    { text: ` ${fitWidth(live.units[row] ?? '', UNIT_WIDTH)}`, style: { colour: 'grey' } },
  ]
}
