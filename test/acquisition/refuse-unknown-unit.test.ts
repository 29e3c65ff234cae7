import { expect, test } from 'vitest'
import { refuseUnknownUnit } from '../../src/acquisition/refuse-unknown-unit.js'

test('a unit that nobody knows is refused with the one that was probably meant, as in a site file', () => {
  const address = 'modbus-tcp://127.0.0.1/7/holding/100?as=float32&unit='
  expect(() => refuseUnknownUnit(`${address}baar`)).toThrow(
    expect.objectContaining({ code: 'ADDRESS_INVALID', facts: expect.objectContaining({ because: 'perhaps you meant bar' }) as object }),
  )
  for (const known of ['bar', 'degC', '°C', 'm3/h']) refuseUnknownUnit(`${address}${known}`)
})
