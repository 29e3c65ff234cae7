import type { PaneMoment, ViewKey } from '../view.js'
import { type ShownTime, shownTime } from './chart-time.js'
import { AXES, blockRow, type ChartsState, chartedRows, MOST_CURVES } from './charts-state.js'
import { selectSensorKeys } from './select-sensor.js'
import { timeKeys } from './time-keys.js'
import { plotCells } from './value-axis.js'

const shownOf = (state: ChartsState, { picture, size }: PaneMoment): ShownTime =>
  shownTime(picture, chartedRows(picture, state), state.time, plotCells(size.columns))

export const NOTHING_CHOSEN = 'no sensor is selected: ↑ ↓ choose one'

/** What stands in the way of moving through time: said, as a key that does nothing tells nobody why. */
function whyNoTime(state: ChartsState, picture: PaneMoment['picture']): string | null {
  if (chartedRows(picture, state).length === 0) return NOTHING_CHOSEN
  return blockRow(picture, state) === undefined ? null : 'last block drawn: w shows the past'
}

/** The keys for time, where a past is drawn. */
const PAST_KEYS = timeKeys<ChartsState>(shownOf).map((key): ViewKey<ChartsState> => {
  const act: ViewKey<ChartsState>['act'] = (state, at) => {
    const why = whyNoTime(state, at.picture)
    return why === null ? key.act(state, at) : { state, action: { kind: 'say', text: why } }
  }
  return { ...key, act }
})

export const CHARTS_KEYS: readonly ViewKey<ChartsState>[] = [
  ...selectSensorKeys<ChartsState>(),
  ...PAST_KEYS,
  {
    press: ['a'],
    shown: 'a',
    does: 'keep the selected sensor in the chart, whatever is selected next; again lets it go',
    hint: 'keep',
    act(state, { picture }) {
      const { selected } = picture.screen
      if (selected === null) return { state, action: { kind: 'say', text: NOTHING_CHOSEN } }
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
    act(state, { picture }) {
      if (chartedRows(picture, state).length < 2) return { state, action: { kind: 'say', text: ONE_CURVE } }
      const axes = AXES[(AXES.indexOf(state.axes) + 1) % AXES.length] ?? 'fitting'
      return { state: { ...state, axes }, action: { kind: 'say', text: `axes: ${WORDS[axes]}` } }
    },
  },
  {
    press: ['w'],
    shown: 'w',
    does: 'of a sensor that sends blocks: the last block, or the past of their RMS',
    act(state, { picture }) {
      const rows = chartedRows(picture, state)
      if (!rows.some((row) => picture.live.waveforms[row])) return { state, action: { kind: 'say', text: 'this sensor sends no blocks' } }
      if (rows.length > 1) return { state, action: { kind: 'say', text: 'of several the past is drawn: x lets go' } }
      return { state: { ...state, blocks: state.blocks === 'last' ? 'past' : 'last' } }
    },
  },
]

const ONE_CURVE = 'axes differ for several: a keeps this one'
const WORDS = { fitting: 'as the units are', shared: 'one for all', own: 'each its own', strips: 'a strip each' } as const
