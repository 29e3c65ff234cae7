import { fitWidth } from '../../../output/display-width.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import { statisticsOf } from '../../history/statistics.js'
import { assetOf } from '../../live/asset-of.js'
import { type Condition } from '../../live/condition.js'
import { limitsText } from '../../live/limit-state.js'
import { cutText } from '../../rows/cut-text.js'
import { ageText } from '../../rows/duration-text.js'
import { fitCount, fitSteady } from '../../rows/fit-number.js'
import type { Span, Style } from '../../rows/style.js'
import { LEVEL_STYLE, qualityText, severityOf, trendText, valueSpans } from './cells.js'
import type { Column, ColumnId, SensorCell } from './column.js'
import { fitMiddle } from './fit-middle.js'

const GREY = { colour: 'grey' } as const
const NUMBER_WIDTH = 9

const plain = (text: string, width: number, align: 'left' | 'right' = 'left', style: Style = GREY): readonly Span[] => [
  { text: fitWidth(text, width, align), style },
]
const sensorOf = ({ picture, row }: Pick<SensorCell, 'picture' | 'row'>) => picture.live.sensors[row]
const safe = (text: string, width: number): string => cutText(terminalSafe(text, { maxWidth: 300 }), width)

/** A number of the sensor's statistics, with the decimals of its values. */
function statistic(id: ColumnId, about: string, which: 'lowest' | 'highest' | 'mean'): Column {
  const key = ({ picture, row }: Pick<SensorCell, 'picture' | 'row'>): number => statisticsOf(picture.live.statistics, row)[which]
  return {
    id,
    about,
    width: NUMBER_WIDTH,
    align: 'right',
    gap: 1,
    key,
    draw: (cell, width) => {
      const number = key(cell)
      const history = {
        magnitude: cell.picture.live.magnitude[cell.row] ?? 0,
        values: which === 'mean' ? 'fractional' : fractional(cell),
      } as const
      return plain(Number.isNaN(number) ? '·' : fitSteady(number, history, width), width, 'right')
    },
  }
}

const fractional = ({ picture, row }: SensorCell): 'fractional' | 'whole' => (picture.live.fractional[row] === 1 ? 'fractional' : 'whole')

function count(id: ColumnId, about: string, which: 'count' | 'bad'): Column {
  const key = ({ picture, row }: Pick<SensorCell, 'picture' | 'row'>): number => statisticsOf(picture.live.statistics, row)[which]
  return {
    id,
    about,
    width: NUMBER_WIDTH,
    align: 'right',
    gap: 1,
    key,
    draw: (cell, width) => plain(fitCount(key(cell), width), width, 'right'),
  }
}

function word(id: ColumnId, about: string, width: number, text: (cell: Pick<SensorCell, 'picture' | 'row'>) => string): Column {
  return { id, about, width, align: 'left', gap: 1, key: text, draw: (cell, columns) => plain(safe(text(cell), columns), columns) }
}

const unitOf = ({ picture, row }: Pick<SensorCell, 'picture' | 'row'>): string => picture.live.units[row] ?? ''

/** Sensors without a value come last. */
function valueKey({ picture: { live }, row, condition }: Pick<SensorCell, 'picture' | 'row' | 'condition'>): number {
  const value = live.value[row] ?? Number.NaN
  return condition.level === 'waiting' || condition.level === 'bad' ? Number.NaN : value
}

function ageStyle({ level, ageMs }: Condition): Style {
  return level === 'stale' || ageMs < -1500 ? { colour: 'yellow', weight: 'bold' } : GREY
}

/** Everything that the table can say of a sensor; its keys are also the words of filters. */
export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  sensor: {
    id: 'sensor',
    about: 'its name',
    width: 0,
    align: 'left',
    gap: 1,
    key: ({ picture, row }) => picture.live.names[row] ?? '',
    draw: ({ picture, row, selection, name }, width) => [
      {
        text: name === undefined ? fitMiddle(picture.live.names[row] ?? '', width) : fitWidth(name, width),
        ...(selection === 'selected' ? { style: { field: 'reverse' } as const } : {}),
      },
    ],
  },
  value: {
    id: 'value',
    about: 'the last value; where there is none, why',
    width: NUMBER_WIDTH,
    align: 'right',
    gap: 1,
    key: valueKey,
    draw: valueSpans,
  },
  unit: {
    ...word('unit', 'of the value', 6, unitOf),
    // What has no value has no unit of it.
    draw: ({ picture, row, condition: { level } }, width) =>
      plain(level === 'bad' || level === 'waiting' ? '' : unitOf({ picture, row }), width),
  },
  quality: {
    id: 'quality',
    about: 'how good the last reading is; the worst first',
    width: 14,
    align: 'left',
    gap: 1,
    key: ({ condition }) => severityOf(condition),
    draw: ({ condition }, width) => plain(qualityText(condition), width, 'left', LEVEL_STYLE[condition.level]),
  },
  age: {
    id: 'age',
    about: 'since it was measured',
    width: 4,
    align: 'right',
    gap: 1,
    // Whole seconds, so that rows do not dance.
    key: ({ condition }) => Math.floor(condition.ageMs / 1000),
    draw: ({ condition }, width) =>
      plain(condition.level === 'waiting' ? '' : ageText(condition.ageMs), width, 'right', ageStyle(condition)),
  },
  trend: {
    id: 'trend',
    about: 'the last minute or so',
    width: 10,
    align: 'left',
    gap: 2,
    key: ({ picture, row }) => picture.live.names[row] ?? '',
    draw: (cell, width) => [{ text: trendText(cell, width), style: { colour: 'cyan' } }],
  },
  limits: { ...word('limits', 'where it warns', 26, (cell) => limitsText(sensorOf(cell)?.limits)), gap: 2 },
  asset: word('asset', 'the machine that it belongs to', 14, (cell) => assetOf(sensorOf(cell)) ?? ''),
  kind: word('kind', 'what it measures', 12, (cell) => sensorOf(cell)?.kind ?? ''),
  address: word('address', 'where it comes from', 32, (cell) => sensorOf(cell)?.address ?? ''),
  every: {
    id: 'every',
    about: 'how often it is asked for',
    width: 7,
    align: 'right',
    gap: 1,
    key: (cell) => sensorOf(cell)?.periodMs ?? 0,
    draw: (cell, width) => plain(`${Number(((sensorOf(cell)?.periodMs ?? 0) / 1000).toPrecision(3))} s`, width, 'right'),
  },
  lowest: statistic('lowest', 'since the run began', 'lowest'),
  highest: statistic('highest', 'since the run began', 'highest'),
  mean: statistic('mean', 'since the run began', 'mean'),
  readings: count('readings', 'with a value, since the run began', 'count'),
  bad: count('bad', 'readings without a value, since the run began', 'bad'),
  description: word('description', 'what the site file says', 24, (cell) => sensorOf(cell)?.description ?? ''),
}
