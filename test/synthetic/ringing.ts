/** One impact: a sine that dies away. */
export function addRinging(
  samples: Float64Array,
  impact: {
    readonly at: number
    readonly amplitude: number
    readonly resonanceHz: number
    readonly decayS: number
    readonly sampleRateHz: number
  },
): void {
  const { at, amplitude, resonanceHz, decayS, sampleRateHz } = impact
  const first = Math.ceil(at * sampleRateHz)
  const end = Math.min(samples.length, first + Math.ceil(7 * decayS * sampleRateHz))
  for (let k = Math.max(0, first); k < end; k++) {
    const since = k / sampleRateHz - at
    samples[k] = (samples[k] ?? 0) + amplitude * Math.exp(-since / decayS) * Math.sin(2 * Math.PI * resonanceHz * since)
  }
}
