import { formatMicros, parseMicros } from '../../readings/time.js'
import { CodecError } from './codec-error.js'
import { MAX_UNIT_BYTES, MAX_WAVEFORM_SAMPLES, type ReceivedWaveform, type WaveformBlock } from './waveform.js'

/** Writes a waveform block as JSON: `{"start":"RFC 3339","sample_rate_hz":25600,"unit":"m/s²","sequence":12,"samples":[…]}`. */
export function encodeWaveformJson(block: WaveformBlock): string {
  if (!block.samples.every(Number.isFinite)) throw new CodecError('JSON has no spelling for a sample that is no finite number')
  return JSON.stringify({
    start: formatMicros(block.startedAt),
    sample_rate_hz: block.sampleRateHz,
    unit: block.unit,
    sequence: block.sequence,
    samples: Array.from(block.samples),
  })
}

/**
 * Reads a waveform block from JSON text; `unit` and `sequence` may be missing.
 * @throws CodecError on anything else.
 */
export function decodeWaveformJson(text: string): ReceivedWaveform {
  try {
    return waveformOf(JSON.parse(text))
  } catch (thrown) {
    throw thrown instanceof CodecError ? thrown : new CodecError('not JSON')
  }
}

/** Whether a parsed payload has the marks of a waveform block. */
export function looksLikeWaveformJson(json: unknown): json is Readonly<Record<string, unknown>> {
  return isRecord(json) && Array.isArray(json['samples']) && typeof json['sample_rate_hz'] === 'number'
}

/**
 * A waveform block out of a parsed payload.
 * @throws CodecError that says which field is wrong.
 */
export function waveformOf(json: unknown): ReceivedWaveform {
  if (!looksLikeWaveformJson(json)) throw new CodecError('a waveform needs "sample_rate_hz" and "samples"')
  const { start, sample_rate_hz: sampleRateHz, unit = '', sequence = null, samples } = json
  const startedAt = typeof start === 'string' ? parseMicros(start) : undefined
  if (startedAt === undefined) throw new CodecError('"start" is no RFC 3339 time')
  if (typeof sampleRateHz !== 'number' || !(sampleRateHz > 0)) throw new CodecError('"sample_rate_hz" is no positive number')
  if (typeof unit !== 'string' || unit.length > MAX_UNIT_BYTES) throw new CodecError('"unit" is no short text')
  if (sequence !== null && !isCount(sequence)) throw new CodecError('"sequence" is no whole number')
  return { startedAt, sampleRateHz, unit, sequence, samples: samplesOf(samples as readonly unknown[]), format: 'float64' }
}

function samplesOf(list: readonly unknown[]): Float64Array {
  if (list.length > MAX_WAVEFORM_SAMPLES) throw new CodecError(`${list.length} samples are more than ${MAX_WAVEFORM_SAMPLES}`)
  const samples = new Float64Array(list.length)
  for (let i = 0; i < list.length; i++) {
    const sample = list[i]
    // JSON.parse turns 1e999 into Infinity.
    if (typeof sample !== 'number' || !Number.isFinite(sample)) throw new CodecError(`sample ${i} is no finite number`)
    samples[i] = sample
  }
  return samples
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
