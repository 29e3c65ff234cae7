import { fitWidth } from '../../../output/display-width.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import { assetOf } from '../../live/asset-of.js'
import { type Condition, conditionOf } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import type { Row, Span, Style } from '../../rows/style.js'
import { wrapItems } from '../../rows/wrap-items.js'
import { FIRST_CHOICE, LIST_STEPS, type ListChoice, moveChoice, restoreChoice, settleChoice } from '../list-choice.js'
import { severityOf } from '../sensors/cells.js'
import { WITHOUT_ASSET } from '../sensors/sensor-lines.js'
import type { PaneSize, View, ViewKey } from '../view.js'

/** The cursor is on an asset. */
type HealthState = ListChoice<string>

/** Every asset with a sign for each of its sensors. */
export const HEALTH: View<HealthState> = {
  id: 'health',
  title: 'health',
  about: 'every asset with a sign for each of its sensors',
  keys: [
    {
      press: ['enter'],
      shown: 'Enter',
      does: 'select the sensor of this asset that is worst off',
      hint: 'select the worst',
      act(state, { picture }) {
        const assets = sensorsByAsset(picture)
        const rows = assets.get(state.cursor ?? [...assets.keys()][0] ?? '') ?? []
        const [worst] = rows.toSorted((a, b) => severityAt(picture, b) - severityAt(picture, a))
        const key = worst === undefined ? undefined : picture.live.sensors[worst]?.key
        return key === undefined ? { state } : { state, selected: key }
      },
    },
    ...LIST_STEPS.map(({ press, shown, does, step }): ViewKey<HealthState> => {
      const act: ViewKey<HealthState>['act'] = (state, { picture, size }) => {
        return { state: moveChoice(state, [...sensorsByAsset(picture).keys()], step(visibleRows(size))) }
      }
      return { press, shown, does, act }
    }),
  ],
  first: () => FIRST_CHOICE,
  restore: restoreChoice,
  compose(picture, { state, size }) {
    const assets = sensorsByAsset(picture)
    const visible = visibleRows(size)
    const settled = settleChoice(state, [...assets.keys()], visible)
    const nameWidth = Math.max(8, Math.min(28, Math.floor(size.columns / 3)))
    const shown = [...assets].slice(settled.top, settled.top + visible)
    const rows = shown.map(([asset, sensors]) =>
      healthRow(picture, { asset, sensors, nameWidth, columns: size.columns, cursor: settled.cursor }),
    )
    const none: Row = [{ text: '  no sensor yet', style: { colour: 'grey' } }]
    return {
      state: settled,
      heading: [{ text: `${assets.size} ${assets.size === 1 ? 'asset' : 'assets'}` }],
      rows: [...(rows.length === 0 ? [none] : rows), ...legendRows(size.columns)],
    }
  },
  rowsWanted: (picture, { columns }) => sensorsByAsset(picture).size + legendRows(columns).length,
}

const FINE: Style = { colour: 'green' }
const LEGEND: readonly (readonly [string, string, Style])[] = [
  ['■', 'fine', FINE],
  ['HL', 'warning', { colour: 'yellow', weight: 'bold' }],
  ['!', 'critical', { colour: 'red', weight: 'bold' }],
  ['~', 'in doubt', { colour: 'yellow' }],
  ['✗', 'no value', { colour: 'red' }],
  ['·', 'waiting', { colour: 'grey' }],
]

function legendRows(columns: number): readonly Row[] {
  const items = LEGEND.map(
    ([sign, means, style]): Row => [
      { text: ` ${sign}`, style },
      { text: ` ${means} `, style: { colour: 'grey' } },
    ],
  )
  return wrapItems(items, columns)
}

function visibleRows({ columns, rows }: PaneSize): number {
  return Math.max(1, rows - legendRows(columns).length)
}

function signOf({ level, limit }: Condition): Span {
  if (level === 'bad') return { text: '✗', style: { colour: 'red' } }
  if (limit === 'HH' || limit === 'LL') return { text: '!', style: { colour: 'red', weight: 'bold' } }
  if (limit !== null) return { text: limit, style: { colour: 'yellow', weight: 'bold' } }
  if (level === 'waiting') return { text: '·', style: { colour: 'grey' } }
  return level === 'good' ? { text: '■', style: FINE } : { text: '~', style: { colour: 'yellow' } }
}

interface AssetHealth {
  readonly asset: string
  readonly sensors: readonly number[]
  readonly nameWidth: number
  readonly columns: number
  readonly cursor: string | null
}

function healthRow(picture: Picture, { asset, sensors, nameWidth, columns, cursor }: AssetHealth): Row {
  const { live, moment } = picture
  const room = Math.max(4, columns - nameWidth - 10)
  const signs = sensors.slice(0, room).map((row) => signOf(conditionOf(live, row, moment)))
  const more = sensors.length > room ? ` +${sensors.length - room}` : ''
  return [
    { text: cursor === asset ? '▸' : ' ', style: { weight: 'bold' } },
    {
      text: `${fitWidth(terminalSafe(asset, { maxWidth: nameWidth }), nameWidth)} `,
      ...(cursor === asset ? { style: { field: 'reverse' } as const } : {}),
    },
    ...signs,
    { text: more, style: { colour: 'grey' } },
  ]
}

function severityAt({ live, moment }: Picture, row: number): number {
  return severityOf(conditionOf(live, row, moment))
}

/** Rows of `live` by asset, in the order of the site. */
export function sensorsByAsset({ live }: Pick<Picture, 'live'>): ReadonlyMap<string, readonly number[]> {
  const assets = new Map<string, number[]>()
  for (const [row, sensor] of live.sensors.entries()) {
    const asset = assetOf(sensor) ?? WITHOUT_ASSET
    const rows = assets.get(asset)
    if (rows) rows.push(row)
    else assets.set(asset, [row])
  }
  return assets
}
