import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CodecError } from '../../../src/drivers/mqtt/codec-error.js'
import { decodeWaveformJson, encodeWaveformJson } from '../../../src/drivers/mqtt/waveform-json.js'

describe('JSON waveform blocks', () => {
  it('read the documented form', () => {
    const text = '{"start":"1970-01-01T00:00:01.5Z","sample_rate_hz":25600,"unit":"m/s²","sequence":12,"samples":[0.5,-1,2e-3]}'
    expect(decodeWaveformJson(text)).toEqual({
      startedAt: 1_500_000,
      sampleRateHz: 25_600,
      unit: 'm/s²',
      sequence: 12,
      samples: Float64Array.of(0.5, -1, 0.002),
      format: 'float64',
    })
  })

  it('invent neither unit nor sequence', () => {
    const block = decodeWaveformJson('{"start":"1970-01-01T00:00:00Z","sample_rate_hz":1,"samples":[]}')
    expect(block).toMatchObject({ unit: '', sequence: null })
  })

  it('come back as they were written', () => {
    const samples = Float64Array.of(1 / 3, -0.1, 7)
    const block = { startedAt: 1_795_359_600_123_456, sampleRateHz: 25_600, unit: 'g', sequence: 3, samples }
    expect(decodeWaveformJson(encodeWaveformJson(block))).toEqual({ ...block, format: 'float64' })
  })

  it.each([
    ['no JSON', '{'],
    ['another object', '{"value":1}'],
    ['a list', '[1,2]'],
    ['a start that is no time', '{"start":"yesterday","sample_rate_hz":1,"samples":[1]}'],
    ['a sample that is no number', '{"start":"1970-01-01T00:00:00Z","sample_rate_hz":1,"samples":[1,null]}'],
    ['a sample beyond all numbers', '{"start":"1970-01-01T00:00:00Z","sample_rate_hz":1,"samples":[1e999]}'],
    ['a rate of nothing', '{"start":"1970-01-01T00:00:00Z","sample_rate_hz":0,"samples":[1]}'],
    ['a negative sequence', '{"start":"1970-01-01T00:00:00Z","sample_rate_hz":1,"sequence":-1,"samples":[1]}'],
  ])('refuse %s', (_, text) => {
    expect(() => decodeWaveformJson(text)).toThrow(CodecError)
  })

  it('throw only their own error on any JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => decodeWaveformJson(text)).toThrow(CodecError)
      }),
    )
  })
})
