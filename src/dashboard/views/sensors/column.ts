import type { Condition } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import type { Span } from '../../rows/style.js'

export const COLUMN_IDS = [
  'sensor',
  'value',
  'unit',
  'quality',
  'age',
  'trend',
  'limits',
  'asset',
  'kind',
  'address',
  'every',
  'lowest',
  'highest',
  'mean',
  'readings',
  'bad',
  'description',
] as const
export type ColumnId = (typeof COLUMN_IDS)[number]

export function isColumnId(word: unknown): word is ColumnId {
  return COLUMN_IDS.includes(word as ColumnId)
}

/** One sensor of the table, with what every cell of its row needs. */
export interface SensorCell {
  readonly picture: Picture
  /** Into the columns of `live`. */
  readonly row: number
  readonly condition: Condition
  /** Whether the table says the quality in a column of its own. */
  readonly quality: 'own-column' | 'in-value'
  readonly selection: 'selected' | 'other'
  /** Of the sensor, so that no other one in the list looks like it; left out where there is no list. */
  readonly name?: string | undefined
}

/** A column of the table. */
export interface Column {
  readonly id: ColumnId
  readonly about: string
  /** In cells. `name` and `trend` columns share what others leave. */
  readonly width: number
  readonly align: 'left' | 'right'
  /** Blank cells before it. */
  readonly gap: 1 | 2
  /** What it is sorted by, and what a filter such as `value>5` compares; text is compared as people count. */
  readonly key: (cell: Pick<SensorCell, 'picture' | 'row' | 'condition'>) => number | string
  /** Exactly `width` wide. */
  readonly draw: (cell: SensorCell, width: number) => readonly Span[]
}
