import type { Picture } from '../../picture.js'
import type { PaneMoment, ViewKey, ViewOutcome } from '../view.js'
import { type FrequencyAxis, frequencyAxis } from './frequency-axis.js'
import { nextPeakHz } from './spectrum-cursor.js'
import { lengthFor } from './spectrum-question.js'
import { type SpectrumScene, spectrumScene } from './spectrum-scene.js'
import { LENGTHS, OVERLAYS, SPECTRUM_KINDS, type SpectrumState } from './spectrum-state.js'

type Step = (state: SpectrumState, scene: SpectrumScene, at: PaneMoment) => SpectrumState

const key = (words: Omit<ViewKey<SpectrumState>, 'act'>, step: Step): ViewKey<SpectrumState> => {
  return {
    ...words,
    act(state, at) {
      const scene = spectrumScene(at.picture, state, at.size)
      return { state: scene ? step(state, scene, at) : state }
    },
  }
}

const PAN_SHARE = 0.25

/** The frequencies `by` of the range further on, as far as there are any. */
function pan(state: SpectrumState, { fromHz, toHz }: FrequencyAxis, by: number): SpectrumState {
  if (state.range === null) return state
  const moved = Math.max(-fromHz, (toHz - fromHz) * by)
  return { ...state, range: { fromHz: fromHz + moved, toHz: toHz + moved } }
}

/** Half the range, or twice, around the cursor; without one the left edge stays. */
function zoom(state: SpectrumState, axis: FrequencyAxis, factor: number): SpectrumState {
  const { fromHz, toHz } = axis
  const about = axis.cursorCell === null || state.cursorHz === null ? fromHz : state.cursorHz
  const from = Math.max(0, about - (about - fromHz) * factor)
  return { ...state, range: { fromHz: from, toHz: from + (toHz - fromHz) * factor } }
}

const move =
  (direction: 1 | -1): Step =>
  (state, { axis }) => {
    if (state.cursorHz === null) return pan(state, axis, direction * PAN_SHARE)
    const width = (axis.toHz - axis.fromHz) / axis.cells
    const cursorHz = Math.max(width / 2, state.cursorHz + direction * width)
    const isInside = frequencyAxis({ ...state, cursorHz }, axis.toHz, axis.cells).cursorCell !== null
    return isInside ? { ...state, cursorHz } : { ...pan(state, axis, direction * PAN_SHARE), cursorHz }
  }

const toPeak =
  (direction: 1 | -1): Step =>
  (state, { answer, axis }) => {
    if (answer.state !== 'ready') return state
    return { ...state, cursorHz: nextPeakHz(answer.spectrum, axis, state.cursorHz, direction) ?? state.cursorHz }
  }

const stretch =
  (direction: 1 | -1): Step =>
  (state, { row }, { picture }) => {
    const now = LENGTHS.indexOf(lengthFor(picture, row, state) as (typeof LENGTHS)[number])
    return { ...state, length: LENGTHS[Math.max(0, Math.min(LENGTHS.length - 1, now + direction))] ?? null }
  }

export const SPECTRUM_KEYS: readonly ViewKey<SpectrumState>[] = [
  { press: ['up', 'k'], shown: '↑  k', does: 'the sensor before that sends samples', act: (state, at) => sender(state, at.picture, -1) },
  { press: ['down', 'j'], shown: '↓  j', does: 'the next sensor that sends samples', act: (state, at) => sender(state, at.picture, 1) },
  {
    press: ['s'],
    shown: 's',
    does: 'spectrum, envelope, waterfall, the samples themselves',
    hint: 'kind',
    act: (state) => ({ state: { ...state, kind: after(SPECTRUM_KINDS, state.kind), range: null, cursorHz: null } }),
  },
  key({ press: ['left'], shown: '←', does: 'lower frequencies; the cursor, where there is one' }, move(-1)),
  key({ press: ['right'], shown: '→', does: 'higher frequencies; the cursor, where there is one' }, move(1)),
  key({ press: ['+', '='], shown: '+', does: 'zoom in, around the cursor', hint: 'zoom in' }, (state, { axis }) => zoom(state, axis, 0.5)),
  key({ press: ['-'], shown: '-', does: 'zoom out' }, (state, { axis }) => zoom(state, axis, 2)),
  key(
    { press: ['enter', 'v'], shown: 'Enter  v', does: 'a cursor that tells frequency and amplitude, or none', hint: 'cursor' },
    (state, { axis }) => ({
      ...state,
      cursorHz: state.cursorHz === null ? (axis.fromHz + axis.toHz) / 2 : null,
    }),
  ),
  key({ press: ['n'], shown: 'n', does: 'the cursor to the next line that stands clear', hint: 'next line' }, toPeak(1)),
  key({ press: ['N', 'p'], shown: 'N  p', does: 'the cursor to the line before' }, toPeak(-1)),
  {
    press: ['d'],
    shown: 'd',
    does: 'amplitudes as they are, or in decibels',
    act: (state) => ({ state: { ...state, scale: state.scale === 'linear' ? 'decibel' : 'linear' } }),
  },
  {
    press: ['o'],
    shown: 'o',
    does: 'lines of shaft and bearing, of the shaft, of the bearing, none',
    act: (state) => {
      const overlay = after(OVERLAYS, state.overlay)
      return { state: { ...state, overlay }, action: { kind: 'say', text: `lines: ${overlay}` } }
    },
  },
  key({ press: ['['], shown: '[', does: 'work on fewer samples: quicker, coarser' }, stretch(-1)),
  key({ press: [']'], shown: ']', does: 'work on more samples: slower, finer' }, stretch(1)),
  {
    press: ['b'],
    shown: 'b',
    does: 'choose the band of the envelope again',
    act: (state) => ({ state: { ...state, bandNumber: state.bandNumber + 1 } }),
  },
  {
    press: ['r', 'escape'],
    shown: 'r  Esc',
    does: 'all frequencies, no cursor',
    act: (state) => ({ state: { ...state, range: null, cursorHz: null } }),
  },
]

function after<Item>(items: readonly Item[], item: Item): Item {
  return items[(items.indexOf(item) + 1) % items.length] ?? item
}

/** Other sensors have no spectrum, so they are passed over; behind the last comes the first. */
function sender(state: SpectrumState, { live, screen }: Picture, by: 1 | -1): ViewOutcome<SpectrumState> {
  const rows = live.sensors.map((_, row) => row).filter((row) => live.waveforms[row] !== undefined)
  const selected = screen.selected === null ? -1 : (live.indexOf.get(screen.selected) ?? -1)
  const next = by === 1 ? (rows.find((row) => row > selected) ?? rows[0]) : (rows.findLast((row) => row < selected) ?? rows.at(-1))
  const key = next === undefined ? undefined : live.sensors[next]?.key
  return key === undefined ? { state } : { state: { ...state, range: null, cursorHz: null }, selected: key }
}
