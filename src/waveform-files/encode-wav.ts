import { formatMicros } from '../readings/time.js'
import { interleave } from './interleave.js'
import type { WavComment } from './wav-comment.js'
import { bytesOfSamples, type WaveformSignal } from './waveform-signal.js'

/** RIFF counts in 32 bits. */
export const MOST_WAV_BYTES = 4_000_000_000
const FLOAT = 3

/** A RIFF/WAVE file of floats, one channel for each signal: same start, rate, length and unit. */
export async function* encodeWav(signals: readonly WaveformSignal[]): AsyncGenerator<Uint8Array> {
  const [first] = signals
  if (first === undefined) return
  const encoding = signals.some((signal) => signal.encoding === 'float64') ? 'float64' : 'float32'
  const sampleBytes = encoding === 'float64' ? 8 : 4
  const size = first.length * signals.length * sampleBytes
  const comment: WavComment = {
    sensors: signals.map(({ name }) => name),
    unit: first.unit,
    startedAt: formatMicros(first.startedAt),
    sampleRateHz: first.sampleRateHz,
  }
  const format = Buffer.alloc(18)
  format.writeUInt16LE(FLOAT, 0)
  format.writeUInt16LE(signals.length, 2)
  format.writeUInt32LE(Math.max(1, Math.round(first.sampleRateHz)), 4)
  format.writeUInt32LE(Math.max(1, Math.round(first.sampleRateHz)) * signals.length * sampleBytes, 8)
  format.writeUInt16LE(signals.length * sampleBytes, 12)
  format.writeUInt16LE(sampleBytes * 8, 14)
  const fact = Buffer.alloc(4)
  fact.writeUInt32LE(first.length)
  const text = Buffer.from(`${JSON.stringify(comment)}\0`)
  const list = Buffer.concat([Buffer.from('INFO'), chunk('ICMT', text)])
  const head = Buffer.concat([chunk('fmt ', format), chunk('fact', fact), chunk('LIST', list), chunkHead('data', size)])
  yield Buffer.concat([chunkHead('RIFF', 4 + head.length + size), Buffer.from('WAVE'), head])
  for await (const piece of interleave(signals)) yield bytesOfSamples(piece, encoding)
}

function chunk(name: string, body: Buffer): Buffer {
  return Buffer.concat([chunkHead(name, body.length), body, Buffer.alloc(body.length % 2)])
}

function chunkHead(name: string, length: number): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(length, 4)
  return head
}
