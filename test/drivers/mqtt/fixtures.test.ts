import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeSparkplug } from '../../../src/drivers/mqtt/sparkplug/decode.js'
import { decodeWaveformBlock } from '../../../src/drivers/mqtt/waveform-block.js'

/** See fixtures/mqtt/README.md for what stands in the files and how it was worked out. */
function fixture(name: string): Uint8Array {
  const text = readFileSync(new URL(`../../../fixtures/mqtt/${name}`, import.meta.url), 'utf8')
  return Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))
}

describe('the payloads by hand', () => {
  it('are read as a Sparkplug birth', () => {
    expect(decodeSparkplug(fixture('sparkplug-birth.hex'))).toEqual({
      timestamp: 150_000,
      metrics: [{ name: 'Temp', alias: 2, timestamp: 150_000, datatype: 'Float', value: 21.5, properties: { u: 'K' } }],
      seq: 0,
    })
  })

  it('are read as a waveform block', () => {
    expect(decodeWaveformBlock(fixture('waveform-block.hex'))).toEqual({
      startedAt: 1_500_000,
      sampleRateHz: 25_600,
      sequence: 12,
      unit: 'g',
      format: 'int16',
      scale: 0.5,
      samples: Float32Array.of(1, -1, 16_383.5),
    })
  })
})
