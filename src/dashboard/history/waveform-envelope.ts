import type { Envelope } from '../../output/envelope-chart.js'
import type { Waveform } from '../../readings/measurement.js'
import { widen } from './history-window.js'

/** A whole block of samples on `dots` dot columns. */
export function waveformEnvelope({ samples }: Pick<Waveform, 'samples'>, dots: number): Envelope {
  const lows = new Float64Array(dots).fill(Number.NaN)
  const highs = new Float64Array(dots).fill(Number.NaN)
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index] ?? Number.NaN
    widen({ lows, highs }, Math.floor((index * dots) / samples.length), sample, sample)
  }
  return { lows, highs }
}
