import fc from 'fast-check'
import { DataType, DataValue, StatusCode, StatusCodes, Variant, VariantArrayType } from 'node-opcua'
import { describe, expect, it } from 'vitest'
import { readValueOf, samplesOf, sourceMicrosOf } from '../../../src/drivers/opcua/data-value.js'
import { chooseEndpoint, describeOffers, type OfferedEndpoint } from '../../../src/drivers/opcua/endpoint-choice.js'
import { engineeringUnitOf, meaningOf } from '../../../src/drivers/opcua/engineering-unit.js'
import { Staleness } from '../../../src/drivers/opcua/staleness.js'
import { hasOverflow, qualityOfStatus } from '../../../src/drivers/opcua/status-quality.js'
import { isSampleRateName, isSequenceName } from '../../../src/drivers/opcua/waveform-shape.js'
import { QUALITY, qualityOf } from '../../../src/readings/quality.js'

const answer = (dataType: DataType, value: unknown, more: { arrayType?: VariantArrayType; statusCode?: StatusCode } = {}): DataValue =>
  new DataValue({
    value: new Variant({ dataType, value, arrayType: more.arrayType ?? VariantArrayType.Scalar }),
    statusCode: more.statusCode ?? StatusCodes.Good,
  })

describe('a status code', () => {
  it('keeps its class whatever its details are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (code) => {
        const level = code >= 0x80000000 ? 'bad' : code >= 0x40000000 ? 'uncertain' : 'good'
        expect(qualityOf(qualityOfStatus(code)).level).toBe(level)
      }),
    )
  })

  it('says why where the standard does', () => {
    const reasons = [
      [StatusCodes.BadNoCommunication, 'no-response'],
      [StatusCodes.BadNotConnected, 'device-fault'],
      [StatusCodes.BadDeviceFailure, 'device-fault'],
      [StatusCodes.BadNodeIdUnknown, 'not-configured'],
      [StatusCodes.UncertainLastUsableValue, 'stale'],
      [StatusCodes.UncertainEngineeringUnitsExceeded, 'out-of-range'],
      [StatusCodes.Good, null],
    ] as const
    for (const [code, reason] of reasons) expect(qualityOf(qualityOfStatus(code.value)).reason, code.name).toBe(reason)
  })

  it('shows that a queue ran over', () => {
    expect(hasOverflow(StatusCode.makeStatusCode(StatusCodes.Good, 'Overflow | InfoTypeDataValue').value)).toBe(true)
    expect(hasOverflow(StatusCodes.Good.value)).toBe(false)
  })
})

describe('a value', () => {
  it('becomes a number, a text or a bad reading, and is never made up', () => {
    expect(readValueOf(answer(DataType.Float, 1.5), null)).toEqual({ value: 1.5, text: null, quality: QUALITY.good })
    expect(readValueOf(answer(DataType.Boolean, true), null)).toMatchObject({ value: 1, quality: QUALITY.good })
    expect(readValueOf(answer(DataType.String, 'automatic'), null)).toMatchObject({ text: 'automatic', value: Number.NaN })
    expect(readValueOf(answer(DataType.Double, Number.NaN), null)).toMatchObject({ quality: QUALITY['device-fault'] })
    expect(readValueOf(answer(DataType.Null, null), null)).toMatchObject({ quality: QUALITY.undecodable })
    expect(readValueOf(answer(DataType.Double, 7, { statusCode: StatusCodes.BadNotConnected }), null)).toEqual({
      value: Number.NaN,
      text: null,
      quality: QUALITY['device-fault'],
    })
  })

  it('keeps 64-bit integers exact, beyond 2^53 as text', () => {
    expect(readValueOf(answer(DataType.UInt64, [0x200000, 1]), null)).toEqual({
      value: 2 ** 53,
      text: '9007199254740993',
      quality: QUALITY.good,
    })
    expect(readValueOf(answer(DataType.Int64, [0xffffffff, 0xfffffffb]), null)).toEqual({ value: -5, text: null, quality: QUALITY.good })
  })

  it('is one element of an array only where the address says which', () => {
    const levels = answer(DataType.Float, new Float32Array([1, 2, 3]), { arrayType: VariantArrayType.Array })
    expect(readValueOf(levels, 1)).toMatchObject({ value: 2, quality: QUALITY.good })
    for (const index of [null, 3]) expect(readValueOf(levels, index)).toMatchObject({ quality: QUALITY['not-configured'] })
    expect(readValueOf(answer(DataType.Float, 1), 0)).toMatchObject({ quality: QUALITY['not-configured'] })
  })

  it('as an array of numbers is samples, as bytes or text it is not', () => {
    const { Array: array } = VariantArrayType
    expect(samplesOf(answer(DataType.Float, new Float32Array([1.5]), { arrayType: array }))).toEqual(new Float32Array([1.5]))
    expect(samplesOf(answer(DataType.Int16, new Int16Array([-3]), { arrayType: array }))).toEqual(new Float64Array([-3]))
    expect(samplesOf(answer(DataType.String, ['a'], { arrayType: array }))).toBeNull()
    expect(samplesOf(answer(DataType.ByteString, Buffer.of(1)))).toBeNull()
  })

  it('has the source’s time to the microsecond, or none', () => {
    const stamped = new DataValue({ sourceTimestamp: new Date(1_700_000_000_123), sourcePicoseconds: 456_700_000 })
    expect(sourceMicrosOf(stamped)).toBe(1_700_000_000_123_456)
    expect(sourceMicrosOf(new DataValue({ sourceTimestamp: new Date('1601-01-01T00:00:00Z') }))).toBeNull()
    expect(sourceMicrosOf(new DataValue({}))).toBeNull()
  })
})

describe('a source that stamps nothing new', () => {
  it('is stale after ten periods and at least ten seconds', () => {
    const fast = new Staleness(100)
    expect([0, 9_900, 10_100].map((ms) => fast.see(42, ms))).toEqual(['fresh', 'fresh', 'stale'])
    expect(fast.see(43, 10_200)).toBe('fresh')
    const slow = new Staleness(5000)
    expect([0, 49_000, 51_000].map((ms) => slow.see(42, ms))).toEqual(['fresh', 'fresh', 'stale'])
    expect(new Staleness(100).see(null, 1e9)).toBe('fresh')
  })
})

describe('the way in', () => {
  const offer = (mode: OfferedEndpoint['mode'], policy: string, logins: OfferedEndpoint['logins']): OfferedEndpoint => ({
    url: 'opc.tcp://x/',
    mode,
    policy,
    logins,
    certificate: new Uint8Array(),
  })
  const open = offer('None', 'None', ['anonymous', 'user'])
  const weak = offer('SignAndEncrypt', 'Basic128Rsa15', ['anonymous', 'user'])
  const signed = offer('Sign', 'Basic256Sha256', ['anonymous', 'user'])
  const safe = offer('SignAndEncrypt', 'Basic256Sha256', ['anonymous', 'user'])
  const safer = offer('SignAndEncrypt', 'Aes256_Sha256_RsaPss', ['anonymous', 'user'])

  it('for a password is encrypted, by the strongest policy, or there is none', () => {
    expect(chooseEndpoint([open, signed, safe, safer], 'user')).toEqual({ kind: 'chosen', endpoint: safer })
    expect(chooseEndpoint([open, weak, signed], 'user')).toMatchObject({ kind: 'refused', code: 'OPCUA_SECURITY_TOO_WEAK' })
    expect(chooseEndpoint([open, offer('SignAndEncrypt', 'Basic256Sha256', ['anonymous'])], 'user')).toMatchObject({
      code: 'OPCUA_LOGIN_REFUSED',
    })
  })

  it('without a name may be open, and is never a policy that is broken', () => {
    expect(chooseEndpoint([open, safe], 'anonymous')).toEqual({ kind: 'chosen', endpoint: open })
    expect(chooseEndpoint([weak, safe], 'anonymous')).toEqual({ kind: 'chosen', endpoint: safe })
    expect(chooseEndpoint([weak], 'anonymous')).toMatchObject({ code: 'OPCUA_SECURITY_TOO_WEAK' })
    expect(chooseEndpoint([offer('None', 'None', ['user'])], 'anonymous')).toMatchObject({ code: 'OPCUA_LOGIN_REFUSED' })
  })

  it('is described in few words', () => {
    expect(describeOffers([open, safe, safe])).toBe('None (anonymous, user), SignAndEncrypt/Basic256Sha256 (anonymous, user)')
  })
})

describe('an engineering unit', () => {
  it('is known by its display name, or stays unknown', () => {
    const eu = (displayName: string, description = '') =>
      meaningOf(
        engineeringUnitOf({ displayName: { text: displayName }, description: { text: description } }) ?? {
          displayName: '',
          description: '',
        },
      )
    expect(eu('°C')).toEqual({ unit: '°C', kind: 'temperature' })
    expect(eu('m/s2')).toEqual({ unit: 'm/s²', kind: 'acceleration' })
    expect(eu('kVA')).toEqual({ unit: 'kVA', kind: 'power' })
    expect(eu('mm')).toEqual({ unit: 'mm', kind: 'other' })
    expect(eu('furlong')).toEqual({ unit: null, kind: 'other' })
    expect(eu('')).toEqual({ unit: null, kind: 'other' })
    expect(engineeringUnitOf(7)).toBeUndefined()
  })
})

describe('names beside an array', () => {
  it('tell a sample rate and a block counter from other things', () => {
    for (const name of ['SampleRateHz', 'SampleRate', 'Sampling Rate', 'samplingFrequency', 'sample_rate_hz'])
      expect(isSampleRateName(name), name).toBe(true)
    for (const name of ['Rate', 'SampleCount', 'FlowRate', 'SampleRateLimit']) expect(isSampleRateName(name), name).toBe(false)
    expect(isSequenceName('Sequence') && isSequenceName('SequenceNumber') && !isSequenceName('SequenceName')).toBe(true)
  })
})
