import { expect, test } from 'vitest'
import type { Fault } from '../../src/faults/fault.js'
import { parseCustomersFile } from '../../src/licence/server/customers-file.js'
import { formatCents, monthlyCents } from '../../src/licence/tiers.js'

function faultOf(text: string): Fault {
  try {
    parseCustomersFile(text, 'customers.yaml')
  } catch (thrown) {
    return thrown as Fault
  }
  throw new Error('the file was taken as right')
}

test('customers come with the limits of their tier unless they say otherwise', () => {
  const text = `
- { id: acme, tier: iot_advanced, sensor_limit: 50, expires_at: 2030-01-01T00:00:00Z, token: acme-token }
- { id: big, tier: enterprise, token: big-token }
- id: small
  tier: core
  expires_at:
  token: small-token
`
  expect(parseCustomersFile(text, 'x')).toEqual([
    { id: 'acme', tier: 'iot_advanced', sensor_limit: 50, expires_at: '2030-01-01T00:00:00Z', token: 'acme-token' },
    { id: 'big', tier: 'enterprise', sensor_limit: -1, expires_at: null, token: 'big-token' },
    { id: 'small', tier: 'core', sensor_limit: 0, expires_at: null, token: 'small-token' },
  ])
})

test.each([
  ['- { id: a, tier: iot_advance, token: 12345678a }', 'customers.yaml:1', '"iot_advance"'],
  ['- { id: a, tier: core, token: 12345678a }\n- { id: a, tier: core, token: 12345678b }', 'customers.yaml:2', '"a"'],
  ['- { id: a, tier: core, token: 12345678a, expires: 2030-01-01 }', 'customers.yaml:1', 'did you mean expires_at?'],
  ['- { id: a, tier: core, token: 12345678a, expires_at: tomorrow }', 'customers.yaml:1', '"tomorrow"'],
  ['id: a', 'customers.yaml:1', 'a list of customers'],
  ['- [', 'customers.yaml:', 'YAML'],
])('%j is refused at %s', (text, line, said) => {
  const fault = faultOf(text)
  expect(fault.code).toBe('CUSTOMERS_FILE_INVALID')
  expect(fault.message).toContain(line)
  expect(fault.message).toContain(said)
})

test('no error shows a token', () => {
  const fault = faultOf(
    '- { id: a, tier: core, token: "very secret" }\n- { id: b, tier: core, token: twice-the-same }\n- { id: c, tier: core, token: twice-the-same }',
  )
  expect(JSON.stringify(fault.facts)).not.toMatch(/very secret|twice/)
})

test('money is counted in cents and shown in dollars', () => {
  expect(monthlyCents('iot_advanced', { facilities: 2, sensors: 3 })).toBe(2 * 19_900 + 3 * 2_500)
  expect([formatCents(24_900), formatCents(-2_500), formatCents(123_456_705)]).toEqual(['$249.00', '-$25.00', '$1,234,567.05'])
})
