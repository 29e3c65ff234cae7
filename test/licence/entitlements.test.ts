import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchLicence } from '../../src/licence/client/fetch-licence.js'
import { ACME, BIG, CORE, runningServer } from './running-server.js'

let server: Awaited<ReturnType<typeof runningServer>>
beforeAll(async () => {
  server = await runningServer()
})
afterAll(() => server[Symbol.asyncDispose]())

test('an existing ChatterFix gets its licence with every field that it reads', async () => {
  const { status, body } = await server.call('/api/v1/licenses/acme')
  expect(status).toBe(200)
  expect(body).toEqual({
    tier: 'iot_advanced',
    enabled_modules: ['core', 'iot_advanced'],
    features: [
      'voice',
      'vision',
      'manual_entry',
      'basic_reports',
      'work_orders',
      'sensors',
      'real_time_monitoring',
      'analytics',
      'predictive_analytics',
      'alerts',
      'advanced_alerts',
    ],
    sensor_limit: 10,
    api_calls_per_month: 50_000,
    expires_at: '2027-01-01T00:00:00Z',
    is_trial: false,
    trial_days_remaining: 0,
    organization_id: 'acme',
  })
})

test('a customer that nobody knows is 404, which ChatterFix takes as tier core', async () => {
  expect((await server.call('/api/v1/licenses/nobody')).status).toBe(404)
  expect(await fetchLicence({ server: server.url, customer: 'nobody', token: ACME.token })).toBeNull()
})

test('another customer’s licence does not exist for this key', async () => {
  expect((await server.call('/api/v1/licenses/small')).body).toEqual((await server.call('/api/v1/licenses/nobody')).body)
})

test('a missing and a wrong key are refused with problem+json', async () => {
  const missing = await server.call('/api/v1/licenses/acme', { headers: { Authorization: '' } })
  expect([missing.status, missing.body.code]).toEqual([401, 'TOKEN_MISSING'])
  expect(missing.headers.get('www-authenticate')).toBe('Bearer')
  const wrong = await server.call('/api/v1/licenses/acme', { token: 'guess' })
  expect([wrong.status, wrong.body.code, wrong.headers.get('content-type')]).toEqual([401, 'TOKEN_UNKNOWN', 'application/problem+json'])
})

test('a customer’s name may hold blanks, slashes and umlauts', async () => {
  const { body } = await server.call(`/api/v1/licenses/${encodeURIComponent(BIG.id)}`, { token: BIG.token })
  expect([body.organization_id, body.sensor_limit, body.api_calls_per_month]).toEqual([BIG.id, -1, -1])
})

test.each([
  [ACME, 'sensors', true, 'VALID'],
  [ACME, 'white_label', false, 'FEATURE_NOT_IN_TIER'],
  [ACME, 'time_travel', false, 'FEATURE_UNKNOWN'],
  [CORE, 'voice', true, 'VALID'],
  [CORE, 'sensors', false, 'FEATURE_NOT_IN_TIER'],
  [BIG, 'white_label', true, 'VALID'],
])('%j may use %s: %s', async ({ id, token }, feature, allowed, code) => {
  const { body } = await server.call('/v1/check_feature_access', { method: 'POST', token, json: { customer_id: id, feature } })
  expect(body).toMatchObject({ allowed, code })
  if (!allowed) expect(body).toMatchObject({ upgrade_url: 'https://chatterfix.com/upgrade', contact_sales: 'sales@chatterfix.com' })
})

test('an ended licence runs through grace and then says no', async () => {
  const ask = async () =>
    (await server.call('/v1/check_feature_access', { method: 'POST', json: { customer_id: 'acme', feature: 'sensors' } })).body.code
  try {
    server.clock.set('2027-01-14T23:59:59Z')
    expect(await ask()).toBe('IN_GRACE')
    server.clock.set('2027-01-15T00:00:00Z')
    expect(await ask()).toBe('EXPIRED')
  } finally {
    server.clock.set('2026-11-22T12:00:00Z')
  }
})

test.each([
  [ACME, 10, { valid: true, used: 0, limit: 10, remaining: 10 }],
  [ACME, 11, { valid: false, upgrade_required: true }],
  [CORE, 1, { valid: false, limit: 0, remaining: 0 }],
  [BIG, 1_000_000, { valid: true, limit: null, remaining: null }],
])('of %j, %i sensors in all are answered', async ({ id, token }, sensor_count, expected) => {
  const { body } = await server.call('/v1/validate_sensor_limit', { method: 'POST', token, json: { customer_id: id, sensor_count } })
  expect(body).toMatchObject(expected)
})

test('the price list is the one that is published, in cents', async () => {
  const { body } = await server.call('/v1/tiers', { token: 'none' })
  const price = Object.fromEntries(body.tiers.map((tier) => [tier.name, tier]))
  expect(price['core']).toMatchObject({ technician_cents: 4_900, sensor_limit: 0, api_calls_per_month: 1_000 })
  expect(price['iot_advanced']).toMatchObject({
    facility_cents: 19_900,
    sensor_cents: 2_500,
    sensor_limit: null,
    api_calls_per_month: 50_000,
  })
  expect(price['enterprise']).toMatchObject({ technician_cents: 29_900, sensor_limit: null, api_calls_per_month: null })
})

test('time, health and the description of the API are open to all', async () => {
  expect((await server.call('/v1/time', { token: 'none' })).body).toEqual({ now: '2026-11-22T12:00:00.000000Z' })
  expect((await server.call('/healthz', { token: 'none' })).status).toBe(200)
  expect((await server.call('/readyz', { token: 'none' })).status).toBe(200)
  const { body } = await server.call('/v1/openapi.json', { token: 'none' })
  expect(body.openapi).toBe('3.1.0')
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(['/api/v1/licenses/{customer}', '/v1/customers/{customer}/sites/{site}/plans/{plan}:apply']),
  )
})
