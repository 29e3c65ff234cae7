import type { SensorKey } from '../../../readings/measurement.js'
import type { Picture } from '../../picture.js'
import { type ChartTime, FIRST_TIME, restoreTime } from './chart-time.js'

export const AXES = ['fitting', 'shared', 'own', 'strips'] as const
/** One scale for all, one for each, one strip for each; `fitting`: shared where all have the same unit. */
export type Axes = (typeof AXES)[number]

export interface ChartsState {
  readonly time: ChartTime
  /** Kept in the chart, whatever is selected, in the order in which they came. */
  readonly kept: readonly SensorKey[]
  readonly axes: Axes
  /** What is drawn of a sensor that sends blocks: the last block, or the past of their RMS. */
  readonly blocks: 'last' | 'past'
}

export const FIRST_CHARTS: ChartsState = { time: FIRST_TIME, kept: [], axes: 'fitting', blocks: 'last' }
/** More curves than colours tell nobody anything. */
export const MOST_CURVES = 6
const LONGEST_KEY = 1000

export function restoreCharts(saved: unknown): ChartsState {
  const { time, kept, axes, blocks } = (typeof saved === 'object' && saved !== null ? saved : {}) as { readonly [name: string]: unknown }
  const keys = Array.isArray(kept) ? kept.filter((key): key is string => typeof key === 'string' && key.length <= LONGEST_KEY) : []
  return {
    time: restoreTime(time),
    kept: [...new Set(keys)].slice(0, MOST_CURVES - 1),
    axes: AXES.find((known) => known === axes) ?? FIRST_CHARTS.axes,
    blocks: blocks === 'past' ? 'past' : 'last',
  }
}

/** Rows of `live` that the chart shows: those that are kept and in this run, then the selected one. */
export function chartedRows({ live, screen }: Picture, { kept }: Pick<ChartsState, 'kept'>): readonly number[] {
  const keys = screen.selected === null || kept.includes(screen.selected) ? kept : [...kept, screen.selected]
  return keys.map((key) => live.indexOf.get(key)).filter((row) => row !== undefined)
}

/** The row whose last block is drawn instead of a past; undefined where the past is drawn. */
export function blockRow(picture: Picture, state: ChartsState): number | undefined {
  const rows = chartedRows(picture, state)
  const [only] = rows
  return state.blocks === 'last' && rows.length === 1 && only !== undefined && picture.live.waveforms[only] ? only : undefined
}
