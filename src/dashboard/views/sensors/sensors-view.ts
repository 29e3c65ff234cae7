import { fitWidth } from '../../../output/display-width.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import { headcountOf } from '../../live/condition.js'
import type { Layout } from '../../panes/place-panes.js'
import type { Picture } from '../../picture.js'
import { fitRow, ruleRow } from '../../rows/fit-row.js'
import { countText } from '../../rows/steady-number.js'
import type { Row, Span, Style } from '../../rows/style.js'
import { sensorRow } from './sensor-row.js'
import { type TableColumns, tableColumns } from './table-columns.js'

/** The sensors that fit, with headings; only visible ones cost anything. */
export function tableView(picture: Picture, layout: Layout, order: readonly number[]): readonly Row[] {
  const columns = tableColumns(layout.columns, picture.live)
  const head = layout.tableHead === 2 ? [titleRow(picture, layout, order), namesRow(columns, layout)] : [namesRow(columns, layout)]
  const visible = order.slice(picture.view.top, picture.view.top + layout.sensors)
  const rows = visible.map((row) => sensorRow(picture, row, { columns, width: layout.columns }))
  if (rows.length === 0 && layout.sensors > 0) rows.push(fitRow([{ text: `   ${emptyText(picture)}`, style: GREY }], layout.columns))
  while (rows.length < layout.sensors) rows.push([{ text: ' '.repeat(layout.columns) }])
  return [...head, ...rows]
}

function titleRow(picture: Picture, layout: Layout, order: readonly number[]): Row {
  const { live, view, moment } = picture
  const counts = headcountOf(live, moment)
  const shown =
    order.length === live.sensors.length ? countText(order.length) : `${countText(order.length)} of ${countText(live.sensors.length)}`
  const last = Math.min(order.length, view.top + layout.sensors)
  const window: Row = order.length > layout.sensors ? [{ text: `  ${view.top + 1}–${last}`, style: GREY }] : []
  const part = (count: number, word: string, style: Style): Row => (count === 0 ? [] : [{ text: `  ${countText(count)} ${word}`, style }])
  const title: readonly Span[] = [
    { text: `sensors ${shown}`, style: { weight: 'bold' } },
    ...window,
    ...part(counts.critical, 'critical', { colour: 'red', weight: 'bold' }),
    ...part(counts.warning, 'warning', { colour: 'yellow' }),
    ...part(counts.bad, 'bad', { colour: 'red' }),
    ...part(counts.stale, 'stale', { colour: 'yellow' }),
    ...part(counts.waiting, 'waiting', GREY),
    ...(view.filter === ''
      ? []
      : [{ text: `  filter "${terminalSafe(view.filter, { maxWidth: 20 })}"`, style: { colour: 'cyan' } as const }]),
    ...(view.sort === 'site' ? [] : [{ text: `  by ${view.sort}`, style: { colour: 'cyan' } as const }]),
  ]
  return ruleRow(title, layout.columns)
}

function namesRow(columns: TableColumns, layout: Layout): Row {
  const cells = [
    `   ${fitWidth('sensor', columns.name)}`,
    ` ${fitWidth('value', columns.value, 'right')}`,
    ` ${fitWidth('unit', columns.unit)}`,
    columns.quality ? ` ${fitWidth('quality', columns.quality)}` : '',
    ` ${fitWidth('age', columns.age, 'right')}`,
    columns.trend ? `  ${fitWidth('trend', columns.trend)}` : '',
    columns.limits ? `  ${fitWidth('limits', columns.limits)}` : '',
  ]
  return fitRow([{ text: cells.join(''), style: GREY }], layout.columns)
}

function emptyText(picture: Picture): string {
  return picture.view.filter === '' ? 'no sensors yet' : 'no sensor fits the filter; Esc clears it'
}

const GREY = { colour: 'grey' } as const
