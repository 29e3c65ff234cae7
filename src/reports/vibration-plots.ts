import type { VibrationAssessment, VibrationInput } from '../analysis/vibration/assessment.js'
import type { KurtogramAnswer } from '../analysis/vibration/kurtogram-answer.js'
import { plottedSpectra } from '../analysis/vibration/plotted-spectra.js'
import { CHART, type ChartFrame, framed, PLOT, scalesOf } from './chart-frame.js'
import { envelopePath, highestPath } from './curve-paths.js'
import { drawnMarks, faultMarks } from './fault-marks.js'
import { kurtogramPicture } from './kurtogram-picture.js'
import { markupSafe } from './svg-text.js'

/** Above the highest fault frequency by so much. */
const ENVELOPE_REACH = 3.4
const ENVELOPE_ALONE_HZ = 500
const FEWEST = 256

/** The plots of one channel as groups of SVG, each one chart high: waveform, spectrum, envelope spectrum, kurtogram. */
export function vibrationPlots(input: VibrationInput, assessment: VibrationAssessment, kurtogram: KurtogramAnswer | null): string[] {
  const stuckAt = stuckValue(input)
  if (stuckAt !== null) return [stuckPlot(input, stuckAt)]
  const waveform = waveformPlot(input)
  if (input.samples.length < FEWEST) return [waveform]
  const { bearing, shaftSpeedRpm } = assessment
  const { sampleRateHz, samples } = input
  const fastest = bearing?.frequenciesHz?.bpfi
  const envelopeMaxHz = Math.min(sampleRateHz / 4, fastest === undefined ? ENVELOPE_ALONE_HZ : ENVELOPE_REACH * fastest)
  const { spectrum, envelope } = plottedSpectra(samples, { sampleRateHz, envelopeMaxHz })
  const unit = input.unit ?? 'unit of the samples'
  const density = spectrumPlot(spectrum, {
    title: 'Spectrum',
    note: 'power density, Welch',
    xLabel: 'frequency, Hz',
    yLabel: `dB re (${unit})²/Hz`,
    highHz: sampleRateHz / 2,
    marks: [],
  })
  const marks = faultMarks(bearing, shaftSpeedRpm)
  const lines = spectrumPlot(envelope, {
    title: 'Envelope spectrum',
    note: marks.length > 0 ? 'pre-whitened; dashed: where a damaged bearing shows' : 'pre-whitened',
    xLabel: 'frequency, Hz',
    yLabel: 'dB over median',
    highHz: envelopeMaxHz,
    marks,
  })
  return [waveform, density, lines, ...(kurtogram === null ? [] : [kurtogramPicture(kurtogram, assessment.bearing?.band ?? null)])]
}

/** The one value that all samples have; null where they move. */
function stuckValue({ samples }: VibrationInput): number | null {
  const [first = 0] = samples
  for (const value of samples) if (value !== first) return null
  return first
}

/** A line across a chart would look like a signal. */
function stuckPlot({ samples, unit }: VibrationInput, value: number): string {
  const text = `No signal: all ${samples.length} samples are ${Number(value.toPrecision(6))} ${unit ?? '(unit not stated)'}. The channel is stuck or not connected; there is nothing to draw.`
  return `<g class="chart"><text class="title" x="${CHART.left}" y="20">Waveform</text><text class="label" x="${CHART.left}" y="48">${markupSafe(text)}</text></g>`
}

function waveformPlot({ samples, sampleRateHz, unit }: VibrationInput): string {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of samples) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const margin = (high - low) * 0.05 || 1
  const frame: ChartFrame = {
    title: 'Waveform',
    x: { low: 0, high: samples.length / sampleRateHz, label: 'time, s' },
    y: { low: low - margin, high: high + margin, label: unit ?? 'unit not stated' },
  }
  const { atX, atY } = scalesOf(frame)
  return framed(frame, envelopePath(samples, PLOT.width, { atX: (index) => atX(index / sampleRateHz), atY }))
}

interface SpectrumWishes {
  readonly title: string
  readonly note: string
  readonly xLabel: string
  readonly yLabel: string
  readonly highHz: number
  readonly marks: ReturnType<typeof faultMarks>
}

function spectrumPlot({ stepHz, levelDb }: { readonly stepHz: number; readonly levelDb: Float64Array }, wishes: SpectrumWishes): string {
  // The line at 0 Hz is the removed mean.
  const lines = levelDb.subarray(1)
  const sorted = lines.toSorted()
  const median = sorted[sorted.length >> 1] ?? 0
  const relative = wishes.yLabel.endsWith('median') ? median : 0
  const shown = levelDb.map((level) => level - relative)
  const low = Math.floor(((sorted[Math.floor(sorted.length * 0.02)] ?? 0) - relative) / 10) * 10
  const high = Math.ceil(((sorted.at(-1) ?? 0) - relative + 2) / 10) * 10
  const frame: ChartFrame = {
    title: wishes.title,
    note: wishes.note,
    x: { low: 0, high: wishes.highHz, label: wishes.xLabel },
    y: { low: relative === 0 ? low : Math.max(low, -10), high, label: wishes.yLabel },
  }
  const scales = scalesOf(frame)
  const curve = highestPath(shown, stepHz, { low: stepHz, high: wishes.highHz }, scales)
  return framed(frame, `${curve}${drawnMarks(wishes.marks, scales.atX, wishes.highHz)}`)
}
