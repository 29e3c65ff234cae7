import type { Picture } from '../../picture.js'
import { clockText } from '../../rows/clock-text.js'
import { saidRows } from '../../rows/said-rows.js'
import { countText } from '../../rows/steady-number.js'
import type { Row } from '../../rows/style.js'
import { textLines } from '../../rows/text-lines.js'
import type { LiveSpectrum, SpectrumAnswer } from '../../spectra/spectrum-answer.js'
import { blockPlot } from '../charts/block-plot.js'
import { notKnown } from '../not-known.js'
import type { PaneSize, View } from '../view.js'
import { envelopeSays } from './envelope-says.js'
import { frequencyRow, namesRow, tellableLines } from './frequency-axis.js'
import { linePlot } from './line-plot.js'
import { hzText } from './machine-lines.js'
import { cursorSays } from './spectrum-cursor.js'
import { SPECTRUM_KEYS } from './spectrum-keys.js'
import { everyMs } from './spectrum-question.js'
import { type SpectrumScene, spectrumScene } from './spectrum-scene.js'
import { FIRST_SPECTRUM, restoreSpectrum, type SpectrumState } from './spectrum-state.js'
import { WATERFALL_KEY, waterfallPlot } from './waterfall-plot.js'

const GREY = { colour: 'grey' } as const
/** Below this the plot needs every row. */
const ROOMY_ROWS = 9

/** Spectrum, envelope and waterfall of the selected sensor, with what its machine lets expect. */
export const SPECTRUM: View<SpectrumState> = {
  id: 'spectrum',
  title: 'spectrum',
  about: 'spectrum, envelope, waterfall of a sensor with samples',
  keys: SPECTRUM_KEYS,
  first: () => FIRST_SPECTRUM,
  restore: restoreSpectrum,
  compose(picture, { state, size }) {
    const { live, screen } = picture
    const scene = spectrumScene(picture, state, size)
    if (!scene) return { heading: [{ text: nameOf(picture) }], rows: withoutSamples(picture, size.columns) }
    const name: Row = [{ text: live.names[scene.row] ?? '', style: { weight: 'bold' } }]
    if (state.kind === 'samples') {
      const { about, rows } = blockPlot(picture, scene.row, size)
      return { heading: [...name, { text: `  ${about}`, style: GREY }], rows }
    }
    if (scene.answer.state === 'missing') {
      const why = screen.drawing === 'held' ? `${scene.answer.because}; the picture is held` : scene.answer.because
      return { heading: [...name, { text: `  ${state.kind}`, style: GREY }], rows: notKnown(why, size.columns) }
    }
    const { spectrum } = scene.answer
    const unit = state.kind === 'envelope' ? '× median' : `${live.units[scene.row] ?? ''} peak`.trim()
    const cursor = state.cursorHz === null ? '' : cursorSays(spectrum, state.cursorHz, scene.machine, unit)
    const shown = state.scale === 'decibel' && state.kind !== 'waterfall' ? `dB re 1 ${unit}` : unit
    return {
      heading: [...name, { text: `  ${state.kind}  ${resolutionOf(scene.answer, state)}  ${shown}`, style: GREY }],
      rows: sceneRows(picture, { ...scene, spectrum, cursor }, state, size),
    }
  },
}

function sceneRows(
  picture: Picture,
  scene: SpectrumScene & { readonly spectrum: LiveSpectrum; readonly cursor: string },
  state: SpectrumState,
  size: PaneSize,
): readonly Row[] {
  const { machine, axis, spectrum, answer } = scene
  const lines = tellableLines(scene.lines, axis)
  const facts = [
    ...(state.kind === 'envelope' ? envelopeSays(spectrum, machine) : []),
    machine.says.join(', '),
    madeOf(picture, spectrum, state),
  ]
  const told = facts.flatMap((text) => textLines(text, size.columns - 1))
  const above = size.rows < ROOMY_ROWS ? [] : told.map((text): Row => [{ text: ` ${text}`, style: GREY }])
  const names = lines.length === 0 || size.rows < ROOMY_ROWS ? [] : [namesRow(lines, axis)]
  const rows = Math.max(1, size.rows - above.length - names.length - 1)
  const kept = answer.state === 'ready' ? answer.waterfall : []
  const plot =
    state.kind === 'waterfall' ? waterfallPlot(kept, axis, { rows, lines }) : linePlot(spectrum, axis, { rows, scale: state.scale, lines })
  return [...above, ...names, ...plot, frequencyRow(axis, scene.cursor)]
}

/** How long the stretch was and how fine the lines lie; of a waterfall: of a line of it. */
function resolutionOf({ spectrum, waterfall }: Extract<SpectrumAnswer, { readonly state: 'ready' }>, { kind }: SpectrumState): string {
  const row = kind === 'waterfall' ? waterfall.at(-1) : undefined
  const stepHz = row?.stepHz ?? spectrum.stepHz
  const lengthS = row ? 1 / row.stepHz : spectrum.samples / spectrum.sampleRateHz
  return `${Number(lengthS.toPrecision(3))} s, Δf ${Number(stepHz.toPrecision(3))} Hz`
}

/** What the picture was made of, so that nobody reads more out of it than is in it. */
function madeOf(
  { utcOffsetMinutes, bandwidth }: Picture,
  { samples, sampleRateHz, at, band }: LiveSpectrum,
  { kind }: SpectrumState,
): string {
  const until = `until ${clockText(at, utcOffsetMinutes)}`
  if (kind === 'waterfall') return `dB below the strongest: ${WATERFALL_KEY}  ${until}`
  const how = band === null ? 'Hann' : `band ${hzText(band.lowHz)} … ${hzText(band.highHz)} by kurtogram`
  return `${countText(samples)} samples at ${hzText(sampleRateHz)}, ${how}, ${until}, anew every ${everyMs(bandwidth) / 1000} s at most`
}

function nameOf({ live, screen }: Picture): string {
  const row = screen.selected === null ? undefined : live.indexOf.get(screen.selected)
  return row === undefined ? '' : (live.names[row] ?? '')
}

function withoutSamples({ live, screen }: Picture, columns: number): readonly Row[] {
  const senders = live.names.filter((_, row) => live.waveforms[row] !== undefined)
  const hint =
    senders.length === 0 ? 'no sensor of this run has sent one' : `↓ goes to the next that has: ${senders.slice(0, 5).join(', ')}`
  if (screen.selected === null) return [...saidRows('no sensor is selected', columns), ...saidRows(hint, columns)]
  return notKnown('this sensor has sent no block of samples', columns, [hint])
}
