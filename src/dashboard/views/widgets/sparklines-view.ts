import { displayWidth, fitWidth } from '../../../output/display-width.js'
import { conditionOf } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import type { Row } from '../../rows/style.js'
import { trendText, valueSpans } from '../sensors/cells.js'
import { distinctNames } from '../sensors/distinct-names.js'
import { FILTER_HINTS } from '../typed-filter.js'
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
  typingHints: () => FILTER_HINTS,
  compose(picture, { state, size }) {
    const chosen = chosenRows(picture, state)
    const top = Math.min(state.top, Math.max(0, chosen.length - size.rows))
    const shown = chosen.slice(top, top + size.rows)
    const name = nameWidth(picture, size.columns)
    const names = distinctNames(
      shown.map((row) => picture.live.names[row] ?? ''),
      name,
    )
    const rows = shown.map((row, index) => sparklineRow(picture, row, { columns: size.columns, name: fitWidth(names[index] ?? '', name) }))
    const none: Row = [{ text: '  no sensor fits', style: { colour: 'grey' } }]
    return {
      heading: chosenHeading(state, chosen.length),
      rows: rows.length === 0 ? [none] : rows,
      ...(top === state.top ? {} : { state: { ...state, top } }),
    }
  },
  rowsWanted: (picture, { state }) => Math.max(1, chosenRows(picture, state).length),
}

const withoutValue = (columns: number): number => columns - VALUE_WIDTH - UNIT_WIDTH - 4

function nameWidth({ live }: Picture, columns: number): number {
  return Math.max(8, Math.min(live.longestName, withoutValue(columns) - LEAST_TREND))
}

function sparklineRow(picture: Picture, row: number, { columns, name }: { readonly columns: number; readonly name: string }): Row {
  const { live, moment } = picture
  const condition = conditionOf(live, row, moment)
  const cell = { picture, row, condition, quality: 'own-column', selection: 'other' } as const
  return [
    { text: ` ${name} ` },
    { text: trendText({ picture, row }, Math.max(0, withoutValue(columns) - displayWidth(name))), style: { colour: 'cyan' } },
    ...valueSpans(cell, VALUE_WIDTH),
    { text: ` ${fitWidth(live.units[row] ?? '', UNIT_WIDTH)}`, style: { colour: 'grey' } },
  ]
}
