import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Address, AddressError, formatAddress, parseAddress, schemeOf } from '../../src/readings/address.js'

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((it) => it.isWellFormed())
const host = fc.oneof(
  fc.constantFrom('', 'localhost', '10.0.0.21', '::1', 'fe80::1', '::ffff:10.0.0.1', 'fe80::1%eth0', 'plc-7.plant.example'),
  fc.stringMatching(/^[a-z0-9.-]{1,12}$/),
)
const address: fc.Arbitrary<Address> = fc.record({
  scheme: fc.stringMatching(/^[a-z][a-z0-9+.-]{0,8}$/),
  user: fc.option(text.filter((it) => it !== '')),
  host,
  port: fc.option(fc.integer({ min: 1, max: 65_535 })),
  path: fc.array(text, { maxLength: 4 }),
  query: fc.uniqueArray(fc.tuple(text, text), { maxLength: 4, selector: ([name]) => name }).map((pairs) => new Map(pairs)),
})

test('every address prints and reads back the same', () => {
  fc.assert(
    fc.property(address, (it) => {
      expect(parseAddress(formatAddress(it))).toEqual(it)
    }),
    { numRuns: 2000 },
  )
})

test('an address that was read prints to a text that reads the same and prints the same', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
      let first: Address
      try {
        first = parseAddress(url)
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(AddressError)
        return
      }
      const printed = formatAddress(first)
      expect(parseAddress(printed)).toEqual(first)
      expect(formatAddress(parseAddress(printed))).toBe(printed)
    }),
  )
})

test('any text is an address or an AddressError', () => {
  const pieces = fc.constantFrom(
    'modbus-tcp',
    '://',
    ':',
    '/',
    '?',
    '&',
    '=',
    '@',
    '[',
    ']',
    '::1',
    '%',
    '%2',
    '%zz',
    '#',
    '502',
    '99999',
    '\0',
    'é',
    ' ',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces, { maxLength: 20 }).map((it) => it.join('')),
      ),
      (it) => {
        try {
          parseAddress(it)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AddressError)
        }
      },
    ),
    { numRuns: 2000 },
  )
})

test('the parts of the example mean what the README says', () => {
  expect(parseAddress('modbus-tcp://10.0.0.21:502/7/holding/100?as=float32&order=cdab')).toEqual({
    scheme: 'modbus-tcp',
    user: null,
    host: '10.0.0.21',
    port: 502,
    path: ['7', 'holding', '100'],
    query: new Map([
      ['as', 'float32'],
      ['order', 'cdab'],
    ]),
  })
})

test('a node id and a topic stay readable', () => {
  for (const readable of ['opc.tcp://10.0.0.9:4840/?node=ns=2;s=Pump247.Temperature', 'mqtt://h/plant/pump-247/temperature?field=/value']) {
    expect(formatAddress(parseAddress(readable))).toBe(readable)
  }
})

test('an IPv6 address stands in brackets, with its zone escaped', () => {
  expect(parseAddress('opc.tcp://[FE80::1%25eth0]:4840').host).toBe('fe80::1%eth0')
  expect(formatAddress({ scheme: 'mqtt', user: null, host: 'fe80::1%eth0', port: 1883, path: [], query: new Map() })).toBe(
    'mqtt://[fe80::1%25eth0]:1883',
  )
})

test.each([
  ['10.0.0.21:502', 'expected scheme://'],
  ['modbus-tcp://h:0/1', 'port'],
  ['modbus-tcp://h:65536/1', 'port'],
  ['modbus-tcp://h:999999/1', 'expected scheme://'],
  ['mqtt://me:secret@h', 'password'],
  ['mqtt://me%3Asecret@h', ''],
  ['mqtt://h/?a=1&a=2', 'twice'],
  ['mqtt://h/%zz', '%25'],
  ['mqtt://h/a#b', 'expected scheme://'],
  ['mqtt://[::1', 'expected scheme://'],
])('%s is refused where it should be', (bad, said) => {
  if (said === '') expect(parseAddress(bad).user).toBe('me:secret')
  else expect(() => parseAddress(bad)).toThrow(said)
})

test('no error repeats the password of an address', () => {
  expect(() => parseAddress('mqtt://me:secret@h')).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('secret') as string }),
  )
  expect(() => parseAddress('mqtt://me:secret@h:x')).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('secret') as string }),
  )
})

test('a long stretch of nonsense is refused at once', () => {
  const startedMs = performance.now()
  for (const bad of [
    'a'.repeat(1_000_000),
    `mqtt://${'@'.repeat(1_000_000)}`,
    `mqtt://${'a'.repeat(1_000_000)}#`,
    `${'a+'.repeat(500_000)}://[`,
  ]) {
    expect(() => parseAddress(bad)).toThrow(AddressError)
  }
  expect(performance.now() - startedMs).toBeLessThan(1000)
})

test('a scheme is told from a name and a file', () => {
  expect(['MQTT://h', 'pump-247/speed', '10.0.0.1:502', 'C:\\a', ''].map(schemeOf)).toEqual([
    'mqtt',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
