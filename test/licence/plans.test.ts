import { afterEach, beforeEach, expect, test } from 'vitest'
import { BIG, runningServer, sensorNamed } from './running-server.js'

let server: Awaited<ReturnType<typeof runningServer>>
beforeEach(async () => {
  server = await runningServer()
})
afterEach(() => server[Symbol.asyncDispose]())

const SITE = '/v1/customers/acme/sites/demo'
let nextKey = 0
const freshKey = () => `test-key-${nextKey++}`
const etagOfSite = async () => (await server.call(SITE)).body.etag

async function plan(names: readonly string[], { key = freshKey(), base }: { readonly key?: string; readonly base?: string } = {}) {
  const json = { base_etag: base ?? (await etagOfSite()), documents: names.map((name) => sensorNamed(name)) }
  return server.call(`${SITE}/plans`, { method: 'POST', headers: { 'Idempotency-Key': key }, json })
}

const apply = ({ id, hash }: { readonly id: string; readonly hash: string }, key: string | null = freshKey()) =>
  server.call(`${SITE}/plans/${id}:apply`, { method: 'POST', headers: key === null ? {} : { 'Idempotency-Key': key }, json: { hash } })

test('a plan says what it would do and what that costs, and does nothing', async () => {
  const { status, body } = await plan(['a/1', 'a/2'])
  expect(status).toBe(201)
  expect(body.actions).toEqual([
    { action: 'create', name: 'a/1', changes: [] },
    { action: 'create', name: 'a/2', changes: [] },
  ])
  // One facility at $199 and two sensors at $25.
  expect(body.licence).toEqual({
    tier: 'iot_advanced',
    before: 0,
    after: 2,
    limit: 10,
    cost_delta_cents: 24_900,
    cost_after_cents: 24_900,
    currency: 'USD',
  })
  expect((await server.call(SITE)).body).toMatchObject({ revision: 0, sensors: 0 })
})

test('applying makes exactly the plan true', async () => {
  await apply((await plan(['a/1', 'a/2'])).body)
  const second = await plan(['a/2', 'a/3'])
  expect(second.body.actions).toEqual([
    { action: 'create', name: 'a/3', changes: [] },
    { action: 'delete', name: 'a/1', changes: [] },
  ])
  expect(second.body.licence).toMatchObject({ before: 2, after: 2, cost_delta_cents: 0 })
  expect((await apply(second.body)).body).toMatchObject({ revision: 2, applied: 2 })
  expect((await server.call(`${SITE}/configs`)).body.items.map((it) => it.name)).toEqual(['a/2', 'a/3'])
})

test('a site that is as planned gives a plan without actions and no new revision', async () => {
  await apply((await plan(['a/1'])).body)
  const again = await plan(['a/1'])
  expect(again.body.actions).toEqual([])
  expect((await apply(again.body)).body).toMatchObject({ revision: 1, applied: 0 })
})

test('an update names the fields that differ', async () => {
  await apply((await plan(['a/1'])).body)
  const json = { base_etag: await etagOfSite(), documents: [sensorNamed('a/1', { sampling_interval: 5 })] }
  const { body } = await server.call(`${SITE}/plans`, { method: 'POST', headers: { 'Idempotency-Key': freshKey() }, json })
  expect(body.actions).toEqual([{ action: 'update', name: 'a/1', changes: [{ field: 'sampling_interval', before: 60, after: 5 }] }])
})

test('a lost answer can be asked for again: the same key gives the same revision', async () => {
  const { body } = await plan(['a/1'])
  const first = await apply(body, 'the-same-key')
  const second = await apply(body, 'the-same-key')
  expect([first.status, second.status]).toEqual([200, 200])
  expect(second.body).toEqual(first.body)
  expect((await server.call(SITE)).body.revision).toBe(1)
})

test('a hundred parallel repeats of one apply make one revision', async () => {
  const { body } = await plan(['a/1'])
  const answers = await Promise.all(Array.from({ length: 100 }, () => apply(body, 'the-same-key')))
  expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1)
  expect((await server.call(SITE)).body.revision).toBe(1)
})

test('a plan is applied once, whatever the key', async () => {
  const { body } = await plan(['a/1'])
  await apply(body)
  expect((await apply(body)).body).toMatchObject({ revision: 1, applied: 0 })
})

test('a missing key, a poor key and a key with another body are refused', async () => {
  const { body } = await plan(['a/1'], { key: 'plan-key-1' })
  expect((await apply(body, null)).body).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_MISSING' })
  expect((await apply(body, 'short')).body).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_INVALID' })
  expect((await plan(['a/2'], { key: 'plan-key-1' })).body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' })
})

test('another customer may use the same key', async () => {
  await plan(['a/1'], { key: 'shared-key' })
  const path = `/v1/customers/${encodeURIComponent(BIG.id)}/sites/s`
  const base_etag = (await server.call(path, { token: BIG.token })).body.etag
  const answer = await server.call(`${path}/plans`, {
    method: 'POST',
    token: BIG.token,
    headers: { 'Idempotency-Key': 'shared-key' },
    json: { base_etag, documents: [] },
  })
  expect(answer.status).toBe(201)
})

test('of two pushers one is told what the other changed, and nothing is overwritten', async () => {
  await apply((await plan(['a/1', 'a/2'])).body)
  const [mine, theirs] = [(await plan(['a/1', 'a/2', 'a/9'])).body, (await plan(['a/1', 'a/3'])).body]
  await apply(theirs)
  const { status, body } = await apply(mine)
  expect([status, body.code, body.base_revision, body.present_revision]).toEqual([409, 'PLAN_STALE', 1, 2])
  expect(body.changes).toEqual([
    { action: 'delete', name: 'a/2', changes: [] },
    { action: 'create', name: 'a/3', changes: [] },
  ])
  expect(body.detail).toContain('create a/3')
  expect((await server.call(SITE)).body.revision).toBe(2)
})

test('a plan on a state that is gone, or never was, is stale at once', async () => {
  const base = await etagOfSite()
  await apply((await plan(['a/1'])).body)
  expect((await plan(['a/2'], { base })).body).toMatchObject({ status: 409, code: 'PLAN_STALE', base_revision: 0 })
  expect((await plan(['a/2'], { base: 'f00d' })).body).toMatchObject({ status: 409, code: 'PLAN_STALE', base_revision: null })
})

test('a plan without a base is refused, and If-Match is a base', async () => {
  const call = (headers: Record<string, string>) =>
    server.call(`${SITE}/plans`, { method: 'POST', headers: { 'Idempotency-Key': freshKey(), ...headers }, json: { documents: [] } })
  expect((await call({})).status).toBe(428)
  expect((await call({ 'If-Match': `"${await etagOfSite()}"` })).status).toBe(201)
})

test('a plan over the limit says so, and cannot be applied', async () => {
  const { status, body } = await plan(Array.from({ length: 11 }, (_, index) => `a/${index}`))
  expect(status).toBe(201)
  expect(body.violations).toMatchObject([{ code: 'SENSOR_LIMIT_EXCEEDED', used: 0, limit: 10, needed: 11 }])
  expect((await apply(body)).body).toMatchObject({ status: 403, code: 'SENSOR_LIMIT_EXCEEDED', used: 0, limit: 10, needed: 11 })
  expect((await server.call(SITE)).body.revision).toBe(0)
})

test('the limit is asked again when a plan is applied', async () => {
  const { body } = await plan(Array.from({ length: 6 }, (_, index) => `a/${index}`))
  const other = '/v1/customers/acme/sites/other/configs/'
  for (let index = 0; index < 5; index++) {
    await server.call(`${other}b${index}`, { method: 'PUT', headers: { 'If-None-Match': '*' }, json: sensorNamed(`b${index}`) })
  }
  expect((await apply(body)).body).toMatchObject({ code: 'SENSOR_LIMIT_EXCEEDED', used: 5, needed: 11 })
})

test('an ended licence pushes nothing more', async () => {
  const { body } = await plan(['a/1'])
  server.clock.set('2027-02-01T00:00:00Z')
  const late = await plan(['a/1'])
  expect(late.body.violations).toMatchObject([{ code: 'EXPIRED' }])
  expect((await apply(late.body)).body).toMatchObject({ status: 403, code: 'EXPIRED' })
  // And the old plan is forgotten with the hour.
  expect((await apply(body)).status).toBe(404)
})

test('a hash of another plan, a plan of another site and a sensor that stands twice are refused', async () => {
  const { body } = await plan(['a/1'])
  expect((await apply({ id: body.id, hash: 'f00d' })).body).toMatchObject({ status: 412, code: 'PLAN_HASH_MISMATCH' })
  const elsewhere = `/v1/customers/acme/sites/other/plans/${body.id}:apply`
  expect(
    (await server.call(elsewhere, { method: 'POST', headers: { 'Idempotency-Key': freshKey() }, json: { hash: body.hash } })).status,
  ).toBe(404)
  expect((await plan(['a/1', 'a/1'])).status).toBe(422)
  const notApply = `${SITE}/plans/${body.id}`
  expect(
    (await server.call(notApply, { method: 'POST', headers: { 'Idempotency-Key': freshKey() }, json: { hash: body.hash } })).status,
  ).toBe(404)
})

test('a store that another process holds is answered 503 with a time to come back, or waits for it', async () => {
  const { DatabaseSync } = await import('node:sqlite')
  const holder = new DatabaseSync(`${server.folder}/licence.sqlite`)
  holder.exec('BEGIN IMMEDIATE')
  const answer = await plan(['a/1'])
  holder.exec('ROLLBACK')
  holder.close()
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
})
