import { describe, expect, it } from 'vitest'
import { addressFacts } from '../../../src/dashboard/views/detail/address-facts.js'

describe('an address in the words of its protocol', () => {
  it.each([
    [
      'modbus-tcp://10.0.0.21:502/7/holding/100?as=float32&order=cdab&unit=°C',
      'register',
      'unit 7, holding 100 (counted from 0), as float32, order cdab',
    ],
    ['modbus-rtu:///dev/ttyUSB0/7/input/4', 'register', 'unit 7, input 4 (counted from 0)'],
    ['mqtt://10.0.0.5:1883/pump/flow?field=/value', 'topic', 'pump/flow  field /value'],
    ['opc.tcp://10.0.0.9:4840/?node=ns=2;s=A', 'node', 'ns=2;s=A'],
  ])('%s', (address, name, text) => {
    expect(addressFacts(address)[0]).toEqual([name, text])
    expect(addressFacts(address).at(-1)).toEqual(['address', address])
  })

  it('keeps what would steer a terminal from doing so', () => {
    for (const [, text] of addressFacts('mqtt://10.0.0.5:1883/a%1b%5b2Jb?field=/%9b31m')) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the very characters that must not come through
      expect(text).not.toMatch(/[\u0000-\u001f\u0080-\u009f]/)
    }
  })

  it('tells what it cannot read as it stands', () => {
    expect(addressFacts('no address')).toEqual([['address', 'no address']])
  })
})
