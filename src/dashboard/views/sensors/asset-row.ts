import { terminalSafe } from '../../../output/terminal-safe.js'
import { headcountOf } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import { countText } from '../../rows/steady-number.js'
import type { Row } from '../../rows/style.js'
import { headcountSpans } from './headcount-spans.js'
import type { TableLine } from './sensor-lines.js'

/** An asset over its sensors: how many, and how they stand, so that a folded one hides no trouble. */
export function assetRow(picture: Picture, line: Extract<TableLine, { readonly kind: 'asset' }>, cursor: 'here' | 'elsewhere'): Row {
  const { live, moment } = picture
  const { asset, rows, fold } = line
  const about = live.assets.find(({ key }) => key === asset)
  return [
    { text: `${cursor === 'here' ? '▸' : ' '}${fold === 'folded' ? '+' : '−'} `, style: { weight: 'bold' } },
    {
      text: terminalSafe(asset, { maxWidth: 40 }),
      style: { weight: 'bold', ...(cursor === 'here' ? { field: 'reverse' as const } : {}) },
    },
    { text: `  ${countText(rows.length)}`, style: { colour: 'grey' } },
    ...headcountSpans(headcountOf(live, moment, rows)),
    { text: about?.class === undefined ? '' : `  ${terminalSafe(about.class, { maxWidth: 40 })}`, style: { colour: 'grey' } },
  ]
}
