import type { Picture } from '../../picture.js'
import type { SpectrumAnswer } from '../../spectra/spectrum-answer.js'
import { plotCells } from '../charts/value-axis.js'
import type { PaneSize } from '../view.js'
import { type FrequencyAxis, frequencyAxis } from './frequency-axis.js'
import { type KnownMachine, type MachineLine, machineOf } from './machine-lines.js'
import { spectrumFor } from './spectrum-question.js'
import type { SpectrumState } from './spectrum-state.js'

/** All that is drawn in the pane, before it is drawn. */
export interface SpectrumScene {
  readonly row: number
  readonly machine: KnownMachine
  /** Those that the person wants to see. */
  readonly lines: readonly MachineLine[]
  readonly answer: SpectrumAnswer
  readonly axis: FrequencyAxis
}

/** Undefined where the selected sensor sends no samples. */
export function spectrumScene(picture: Picture, state: SpectrumState, size: PaneSize): SpectrumScene | undefined {
  const { live, screen } = picture
  const row = screen.selected === null ? undefined : live.indexOf.get(screen.selected)
  const waveform = row === undefined ? undefined : live.waveforms[row]
  if (row === undefined || !waveform) return undefined
  const machine = machineOf(picture, row)
  const answer = spectrumFor(picture, row, state, machine)
  const highestHz =
    answer.state === 'ready' && state.kind === 'envelope'
      ? answer.spectrum.stepHz * (answer.spectrum.values.length - 1)
      : waveform.sampleRateHz / 2
  const axis = frequencyAxis(state, highestHz, plotCells(size.columns))
  const lines = state.overlay === 'none' ? [] : machine.lines.filter((line) => state.overlay === 'all' || line.of === state.overlay)
  return { row, machine, lines, answer, axis }
}
