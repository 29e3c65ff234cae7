import { fitWidth } from '../../../output/display-width.js'
import type { Picture } from '../../picture.js'
import { fitRow } from '../../rows/fit-row.js'
import type { Row } from '../../rows/style.js'
import type { ShownTime } from './chart-time.js'
import type { DrawnCurve } from './curve-plot.js'
import { cursorText, rangeText } from './sensor-curve.js'
import { axisNumber } from './value-axis.js'

const NAME_WIDTH = 40

/** A curve in a line: letter, name, the values under the cursor or in what is shown, and its scale where it is its own. */
export function legendRow(
  picture: Picture,
  { curve, scale, style, letter }: DrawnCurve,
  how: { readonly shown: ShownTime; readonly columns: number; readonly axes: 'shared' | 'own' | 'strips' },
): Row {
  const { live, screen } = picture
  const { cursorCell } = how.shown
  const values = cursorCell === null ? rangeText(live, curve, null) || 'no values here' : cursorText(live, curve, how.shown, cursorCell)
  const isSelected = live.sensors[curve.row]?.key === screen.selected
  const width = Math.min(NAME_WIDTH, live.longestName, Math.max(8, how.columns - 34))
  const axis = how.axes === 'own' && curve.scale ? `   axis ${axisNumber(scale.low, scale)} … ${axisNumber(scale.high, scale)}` : ''
  return fitRow(
    [
      { text: ` ${letter} `, style: { ...style, weight: 'bold' } },
      { text: fitWidth(live.names[curve.row] ?? '', width), style: isSelected ? { weight: 'bold' } : {} },
      { text: `  ${values} ${live.units[curve.row] ?? ''}` },
      { text: axis, style: { colour: 'grey' } },
    ],
    how.columns,
  )
}
