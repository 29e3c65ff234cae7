import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endpointUrlOf, formatOpcUaAddress, type OpcUaAddress, parseOpcUaAddress } from '../../../src/drivers/opcua/address.js'
import { opcuaDriver } from '../../../src/drivers/opcua/driver.js'
import { formatNodeReference, type NodeReference, parseNodeReference } from '../../../src/drivers/opcua/node-reference.js'

const text = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).filter((one) => one.isWellFormed())
const identifier = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }).map((number) => `i=${number}`),
  text.map((name) => `s=${name}`),
  fc.uuid().map((guid) => `g=${guid}`),
  fc.base64String({ minLength: 4, maxLength: 20 }).map((bytes) => `b=${bytes}`),
)
const namespace = fc.oneof(
  fc.integer({ min: 0, max: 65_535 }),
  text.map((uri) => ({ uri })),
)
const node: fc.Arbitrary<NodeReference> = fc.record({ namespace, identifier })

const common = {
  user: fc.constantFrom(null, 'meier', 'a b'),
  host: fc.constantFrom('10.0.0.9', 'plc.example', 'fe80::1'),
  port: fc.integer({ min: 1, max: 65_535 }),
  path: fc.oneof(fc.constant([]), fc.array(text, { minLength: 1, maxLength: 3 })),
  rest: fc.constantFrom(
    new Map(),
    new Map([['unit', '°C']]),
    new Map([
      ['every', '500ms'],
      ['kind', 'temperature'],
    ]),
  ),
}
const address: fc.Arbitrary<OpcUaAddress> = fc.oneof(
  fc.record({ ...common, node: fc.constant(null), index: fc.constant(null), as: fc.constant('value' as const), rateHz: fc.constant(null) }),
  fc.record({ ...common, node, index: fc.option(fc.nat(1e6)), as: fc.constant('value' as const), rateHz: fc.constant(null) }),
  fc.record({
    ...common,
    node,
    index: fc.constant(null),
    as: fc.constant('waveform' as const),
    rateHz: fc.constantFrom(null, 25_600, 0.5),
  }),
)

describe('an OPC UA address', () => {
  it('prints so that it reads back the same', () => {
    fc.assert(fc.property(address, (one) => void expect(parseOpcUaAddress(formatOpcUaAddress(one))).toEqual(one)))
  })

  it('names a node so that it reads back the same', () => {
    fc.assert(fc.property(node, (one) => void expect(parseNodeReference(formatNodeReference(one))).toEqual(one)))
  })

  it('reads as people write it', () => {
    const one = parseOpcUaAddress('opc.tcp://10.0.0.9/?node=ns=2;s=Pump.Temperature&unit=°C')
    expect(one).toMatchObject({ port: 4840, path: [], node: { namespace: 2, identifier: 's=Pump.Temperature' }, as: 'value' })
    expect(one.rest.get('unit')).toBe('°C')
    expect(parseOpcUaAddress('opc.tcp://h/?node=nsu=urn:maker:pump;i=7').node).toEqual({
      namespace: { uri: 'urn:maker:pump' },
      identifier: 'i=7',
    })
  })

  it('sends neither user nor node over the wire', () => {
    expect(endpointUrlOf(parseOpcUaAddress('opc.tcp://meier@h:4841/a/b?node=i=85'))).toBe('opc.tcp://h:4841/a/b')
    expect(endpointUrlOf(parseOpcUaAddress('opc.tcp://[fe80::1]/'))).toBe('opc.tcp://[fe80::1]:4840/')
  })

  it('shares a line with every other node of the same server', () => {
    const lines = ['opc.tcp://h', 'opc.tcp://h/', 'opc.tcp://h:4840/?node=i=85', 'opc.tcp://H:4840?node=ns=1;s=x&every=1s'].map(
      (one) => opcuaDriver.locate(one).line,
    )
    expect(new Set(lines)).toEqual(new Set(['opc.tcp://h:4840/']))
  })
})
