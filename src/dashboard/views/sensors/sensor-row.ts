import { cutWidth, displayWidth, fitWidth } from '../../../output/display-width.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import { slotOf } from '../../history/envelope-ring.js'
import { type Condition, conditionOf } from '../../live/condition.js'
import { limitsText } from '../../live/limit-state.js'
import type { Picture } from '../../picture.js'
import { ageText } from '../../rows/duration-text.js'
import { fitRow } from '../../rows/fit-row.js'
import { slotsPerColumnFor, sparkline } from '../../rows/sparkline.js'
import { steadyNumber } from '../../rows/steady-number.js'
import type { Row, Span, Style } from '../../rows/style.js'
import type { TableColumns } from './table-columns.js'

/** One sensor as one padded row. */
export function sensorRow(picture: Picture, row: number, size: { readonly columns: TableColumns; readonly width: number }): Row {
  const { live, moment, view } = picture
  const { columns } = size
  const sensor = live.sensors[row]
  const condition = conditionOf(live, row, moment)
  const isSelected = sensor?.key === view.selected
  const name = fitMiddle(live.names[row] ?? '', columns.name)
  const spans: Span[] = [
    marker(condition, isSelected ? '▸' : ' '),
    { text: name, ...(isSelected ? { style: { field: 'reverse' } as const } : {}) },
    { text: ' ' },
    ...valueSpans(picture, row, condition, columns),
    ...(columns.quality ? [{ text: ` ${fitWidth(qualityText(condition), columns.quality)}`, style: LEVEL_STYLE[condition.level] }] : []),
    {
      text: ` ${fitWidth(condition.level === 'waiting' ? '' : ageText(condition.ageMs), columns.age, 'right')}`,
      style: ageStyle(condition),
    },
  ]
  if (columns.trend) spans.push({ text: `  ${trendText(picture, row, columns.trend)}`, style: { colour: 'cyan' } })
  if (columns.limits) spans.push({ text: `  ${fitWidth(limitsText(sensor?.limits), columns.limits)}`, style: { colour: 'grey' } })
  return fitRow(spans, size.width)
}

function marker({ limit }: Condition, pointer: '▸' | ' '): Span {
  return { text: `${pointer}${(limit ?? '').padEnd(2)}`, style: limitStyle(limit) }
}

function limitStyle(limit: Condition['limit']): Style {
  if (limit === null) return { weight: 'bold' }
  return limit === 'HH' || limit === 'LL' ? { colour: 'red', weight: 'bold' } : { colour: 'yellow', weight: 'bold' }
}

const LEVEL_STYLE: Readonly<Record<Condition['level'], Style>> = {
  waiting: { colour: 'grey' },
  good: { colour: 'grey' },
  uncertain: { colour: 'yellow' },
  stale: { colour: 'yellow' },
  bad: { colour: 'red' },
}

const LEVEL_SIGN: Readonly<Record<Condition['level'], string>> = { waiting: '', good: '', uncertain: '~ ', stale: '~ ', bad: '✗ ' }

function qualityText({ level, reason }: Condition): string {
  return `${LEVEL_SIGN[level]}${reason}`
}

/** Value and unit; without a quality column, the reason of a bad one takes their place. */
function valueSpans(picture: Picture, row: number, condition: Condition, columns: TableColumns): readonly Span[] {
  const { live } = picture
  const width = columns.value + 1 + columns.unit
  if (condition.level === 'waiting') return [{ text: fitWidth(fitWidth('·', columns.value, 'right'), width), style: { colour: 'grey' } }]
  if (condition.level === 'bad') {
    const text = columns.quality ? fitWidth('—', columns.value, 'right') : `— ${condition.reason}`
    return [{ text: fitWidth(text, width), style: { colour: 'red' } }]
  }
  const style = condition.level === 'stale' ? ({ weight: 'dim' } as const) : condition.limit === null ? {} : limitStyle(condition.limit)
  const text = live.texts[row]
  if (text) return [{ text: fitWidth(terminalSafe(text, { maxWidth: width }), width), style }]
  const number = steadyNumber(live.value[row] ?? Number.NaN, {
    magnitude: live.magnitude[row] ?? 0,
    values: live.fractional[row] === 1 ? 'fractional' : 'whole',
  })
  return [
    { text: `${fitWidth(number, columns.value, 'right')} `, style },
    { text: fitWidth(live.units[row] ?? '', columns.unit), style: { colour: 'grey' } },
  ]
}

function ageStyle({ level, ageMs }: Condition): Style {
  return level === 'stale' || ageMs < -1500 ? { colour: 'yellow', weight: 'bold' } : { colour: 'grey' }
}

function trendText(picture: Picture, row: number, columns: number): string {
  const trend = picture.live.trends[row]
  if (!trend || Number.isNaN(trend.newestSlot)) return ' '.repeat(columns)
  const normal = slotsPerColumnFor(picture.live.sensors[row]?.periodMs ?? 0)
  const slotsPerColumn = picture.bandwidth === 'low' ? Math.max(normal, LOW_BANDWIDTH_SLOTS) : normal
  return sparkline(trend, { columns, untilSlot: slotOf(picture.moment.now / 1000), slotsPerColumn })
}

/** On a slow line the trend moves every five seconds. */
const LOW_BANDWIDTH_SLOTS = 20

/** Asset and measuring point both tell sensors apart, so the middle of a long name gives way. */
function fitMiddle(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return fitWidth(text, columns)
  const head = cutWidth(text, Math.min(HEAD_KEPT, Math.floor(columns * 0.4)) + 1)
  let tail = ''
  for (const character of [...text].reverse()) {
    if (displayWidth(head + character + tail) > columns) break
    tail = character + tail
  }
  return fitWidth(head + tail, columns)
}

/** `pump-247/` */
const HEAD_KEPT = 9
