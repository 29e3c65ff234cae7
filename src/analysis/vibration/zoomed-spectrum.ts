import { AnalysisFault } from '../analysis-fault.js'
import type { FrequencyBand } from '../bearing/envelope-spectrum.js'
import { zoomSpectrum } from '../spectrum/zoom-spectrum.js'
import type { VibrationInput } from './assessment.js'
import type { PlainSpectrum } from './plain-spectrum.js'

/** Steps within what tells two lines apart (one over the record's length): enough to see the top of a line. */
const STEPS_PER_RESOLUTION = 4
const MOST_LINES = 2 ** 16
const FEWEST_LINES = 64

/** Peak amplitudes within a band, of all samples at once. @throws AnalysisFault `out-of-range`, `too-few-samples`. */
export function zoomedSpectrum(
  { samples, sampleRateHz, unit }: VibrationInput,
  { lowHz, highHz }: FrequencyBand,
  resolutionHz: number | undefined,
): PlainSpectrum {
  const widthHz = highHz - lowHz
  const durationS = samples.length / sampleRateHz
  if (widthHz * durationS < 4)
    throw new AnalysisFault('too-few-samples', `a record of ${durationS.toPrecision(3)} s tells nothing apart within ${widthHz} Hz`)
  const wanted = resolutionHz === undefined ? STEPS_PER_RESOLUTION * widthHz * durationS : widthHz / resolutionHz
  const lines = Math.max(FEWEST_LINES, Math.min(MOST_LINES, Math.ceil(wanted)))
  const { amplitude, frequencyStepHz } = zoomSpectrum(samples, { sampleRateHz, lowHz, highHz, lines })
  const line = { window: 'hann', binsPerStep: frequencyStepHz * durationS } as const
  return { start: lowHz, step: frequencyStepHz, values: amplitude, unit: `${unit ?? 'u'} peak`, axis: 'Hz', band: null, line }
}
