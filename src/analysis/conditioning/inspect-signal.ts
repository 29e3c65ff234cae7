import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { channelCopies, type NamedChannel } from './channel-copies.js'
import { clippedSamples } from './clipped-samples.js'
import { dropouts } from './dropouts.js'
import { mainsLines } from './mains-lines.js'
import type { SignalDefect } from './signal-defect.js'

/**
 * What is wrong with a record before anything is worked out of it: a stuck channel, values that are no numbers, clipping, dropouts, mains lines.
 * An empty list says that none of these was found, not that the sensor is right.
 *
 * @param samples shape (n,), any unit, n ≥ 2.
 * @throws AnalysisFault `too-few-samples`, `out-of-range` where the rate is none.
 */
export function inspectSignal(samples: Samples, options: { readonly sampleRateHz: number }): readonly SignalDefect[] {
  const { sampleRateHz } = options
  if (!(sampleRateHz > 0)) throw new AnalysisFault('out-of-range', `a sample rate of ${sampleRateHz} Hz is none`)
  if (samples.length < 2) throw new AnalysisFault('too-few-samples', `${samples.length} samples show no defect`)
  let [broken, first, isConstant] = [0, -1, true]
  for (let k = 0; k < samples.length; k++) {
    if (samples[k] !== samples[0]) isConstant = false
    if (Number.isFinite(samples[k])) continue
    broken++
    if (first < 0) first = k
  }
  if (broken > 0) {
    const text = `${broken} values are not finite numbers, first at ${(first / sampleRateHz).toFixed(3)} s`
    return [{ kind: 'not-finite', text, samples: broken, firstAtS: first / sampleRateHz }]
  }
  if (isConstant) {
    const value = samples[0]!
    return [{ kind: 'stuck', text: `the channel is stuck at ${value.toPrecision(4)} for all of its ${samples.length} samples`, value }]
  }
  return [...clippedSamples(samples, sampleRateHz), ...dropouts(samples, sampleRateHz), ...mainsLines(samples, sampleRateHz)]
}

/** The same for every channel of a record, by name, and which of them are copies of one another. */
export function inspectChannels(
  channels: readonly NamedChannel[],
  options: { readonly sampleRateHz: number },
): { readonly byChannel: ReadonlyMap<string, readonly SignalDefect[]>; readonly copies: readonly SignalDefect[] } {
  return {
    byChannel: new Map(channels.map(({ name, samples }) => [name, inspectSignal(samples, options)])),
    copies: channelCopies(channels),
  }
}
