import type { PaneMoment, ViewKey } from '../view.js'
import { type ShownTime, shownTime } from './chart-time.js'
import { AXES, type ChartsState, chartedRows, MOST_CURVES } from './charts-state.js'
import { selectSensorKeys } from './select-sensor.js'
import { timeKeys } from './time-keys.js'
import { plotCells } from './value-axis.js'

const shownOf = (state: ChartsState, { picture, size }: PaneMoment): ShownTime =>
  shownTime(picture, chartedRows(picture, state), state.time, plotCells(size.columns))

export const CHARTS_KEYS: readonly ViewKey<ChartsState>[] = [
  ...selectSensorKeys<ChartsState>(),
  ...timeKeys<ChartsState>(shownOf),
  {
    press: ['a'],
    shown: 'a',
    does: 'keep the selected sensor in the chart, whatever is selected next; again lets it go',
    hint: 'keep',
    act(state, { picture }) {
      const { selected } = picture.screen
      if (selected === null) return { state }
      if (state.kept.includes(selected)) return { state: { ...state, kept: state.kept.filter((key) => key !== selected) } }
      if (state.kept.length < MOST_CURVES - 1) return { state: { ...state, kept: [...state.kept, selected] } }
      return { state, action: { kind: 'say', text: `a chart holds ${MOST_CURVES} sensors` } }
    },
  },
  { press: ['x'], shown: 'x', does: 'let go all that was kept', act: (state) => ({ state: { ...state, kept: [] } }) },
  {
    press: ['o'],
    shown: 'o',
    does: 'axes: as the units are, one for all, each its own, a strip each',
    hint: 'axes',
    act(state) {
      const axes = AXES[(AXES.indexOf(state.axes) + 1) % AXES.length] ?? 'fitting'
      return { state: { ...state, axes }, action: { kind: 'say', text: `axes: ${WORDS[axes]}` } }
    },
  },
  {
    press: ['w'],
    shown: 'w',
    does: 'of a sensor that sends blocks: the last block, or the past of their RMS',
    act: (state) => ({ state: { ...state, blocks: state.blocks === 'last' ? 'past' : 'last' } }),
  },
]

const WORDS = { fitting: 'as the units are', shared: 'one for all', own: 'each its own', strips: 'a strip each' } as const
