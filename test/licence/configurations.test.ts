import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestOf } from '../../src/licence/canonical-json.js'
import { ACME, BIG, CORE, runningServer, sensorNamed } from './running-server.js'

let server: Awaited<ReturnType<typeof runningServer>>
beforeEach(async () => {
  server = await runningServer()
})
afterEach(() => server[Symbol.asyncDispose]())

const SITE = '/v1/customers/acme/sites/demo'
const at = (name: string, site = SITE) => `${site}/configs/${encodeURIComponent(name)}`
const NEW = { 'If-None-Match': '*' }
const put = (name: string, headers: Record<string, string> = NEW, more = {}) =>
  server.call(at(name), { method: 'PUT', headers, json: sensorNamed(name, more) })

test('a configuration comes back with the digest of its canonical JSON as ETag', async () => {
  const name = 'pump-247/drive end 100 % ü'
  const created = await put(name)
  expect(created.status).toBe(201)
  const read = await server.call(at(name))
  expect(read.body).toEqual(sensorNamed(name))
  expect(read.headers.get('etag')).toBe(`"${digestOf(sensorNamed(name))}"`)
})

test('a change needs the ETag of what it changes', async () => {
  const { headers } = await put('a/b')
  const etag = headers.get('etag') ?? ''
  expect((await put('a/b', {})).status).toBe(428)
  expect((await put('a/b', NEW)).status).toBe(412)
  expect((await put('a/b', { 'If-Match': `W/${etag}` })).status).toBe(412)
  expect((await put('a/b', { 'If-Match': etag }, { sampling_interval: 5 })).status).toBe(200)
  expect((await put('a/b', { 'If-Match': etag }, { sampling_interval: 9 })).status).toBe(412)
  expect((await server.call(at('a/b'))).body.sampling_interval).toBe(5)
})

test('of a hundred parallel activations exactly as many pass as the limit allows', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => put(`a/${index}`)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(10)
  expect(statuses.filter((status) => status === 403)).toHaveLength(90)
  expect(answers.find(({ status }) => status === 403)?.body).toMatchObject({
    code: 'SENSOR_LIMIT_EXCEEDED',
    error: 'Sensor limit exceeded',
    success: false,
    upgrade_required: true,
    upgrade_url: 'https://chatterfix.com/upgrade',
    contact_sales: 'sales@chatterfix.com',
    used: 10,
    limit: 10,
    needed: 11,
  })
  const question = { customer_id: 'acme', sensor_count: 10 }
  expect((await server.call('/v1/validate_sensor_limit', { method: 'POST', json: question })).body).toMatchObject({
    used: 10,
    remaining: 0,
  })
})

test('two servers on one store together admit no more than the limit', async () => {
  const other = await runningServer(undefined, server.folder)
  try {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        (index % 2 ? server : other).call(at(`a/${index}`), { method: 'PUT', headers: NEW, json: sensorNamed(`a/${index}`) }),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
  } finally {
    await other.stop()
  }
})

test('the limit counts all sites of a customer', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, index) => put(`a/${index}`)))
  const other = at('b/1', '/v1/customers/acme/sites/other')
  expect((await server.call(other, { method: 'PUT', headers: NEW, json: sensorNamed('b/1') })).status).toBe(403)
})

test('a sensor in use can still be changed at the limit', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, (_, index) => put(`a/${index}`)))
  const etag = made[0]?.headers.get('etag') ?? ''
  expect((await put('a/0', { 'If-Match': etag }, { sampling_interval: 1 })).status).toBe(200)
})

test('tier core has no sensors at all', async () => {
  const path = '/v1/customers/small/sites/s/configs/a'
  const { status, body } = await server.call(path, { method: 'PUT', token: CORE.token, headers: NEW, json: sensorNamed('a') })
  expect([status, body.code]).toEqual([403, 'FEATURE_NOT_IN_TIER'])
})

test('what another customer has does not exist', async () => {
  await put('a/b')
  expect((await server.call(at('a/b'), { token: BIG.token })).status).toBe(404)
  expect((await server.call(SITE, { token: BIG.token })).status).toBe(404)
})

test('a restart keeps configurations, revisions and counts; tokens are nowhere in the clear', async () => {
  await put('a/b')
  const before = await server.call(SITE)
  await server.stop()
  const again = await runningServer(undefined, server.folder)
  try {
    expect((await again.call(SITE)).body).toEqual(before.body)
    expect((await again.call(at('a/b'))).body).toEqual(sensorNamed('a/b'))
    const files = await Promise.all(
      ['licence.sqlite', 'licence.sqlite-wal'].map((name) => readFile(join(server.folder, name)).catch(() => Buffer.alloc(0))),
    )
    expect(files.some((bytes) => bytes.includes(ACME.token))).toBe(false)
  } finally {
    await again.stop()
  }
})

test('revisions and configurations come in pages', async () => {
  for (const name of ['a/1', 'a/2', 'a/3']) await put(name)
  const first = await server.call(`${SITE}/configs?limit=2`)
  expect(first.body.items.map((it) => it.name)).toEqual(['a/1', 'a/2'])
  const second = await server.call(`${SITE}/configs?limit=2&after=${encodeURIComponent(first.body.next ?? '')}`)
  expect([second.body.items.length, second.body.next]).toEqual([1, null])
  const revisions = await server.call(`${SITE}/revisions?limit=2`)
  expect(revisions.body.items.map((it) => [it.revision, it.source])).toEqual([
    [3, 'put a/3'],
    [2, 'put a/2'],
  ])
  expect((await server.call(`${SITE}/revisions?before=${revisions.body.next}`)).body.items).toHaveLength(1)
  expect((await server.call(`${SITE}/configs?limit=501`)).status).toBe(422)
})

test.each([
  ['no JSON', 400, '{', 'application/json'],
  ['another media type', 415, '{}', 'text/plain'],
  ['no media type', 415, '{}', ''],
  ['an array', 422, '[]', 'application/json'],
  ['null', 422, 'null', 'application/json'],
  ['strange keys', 422, JSON.stringify({ ...sensorNamed('a/b'), colour: 'red' }), 'application/json'],
  ['another name than the path', 422, JSON.stringify(sensorNamed('a/c')), 'application/json'],
  ['an unknown protocol', 422, JSON.stringify({ ...sensorNamed('a/b'), protocol: 'smoke' }), 'application/json'],
  [
    'nesting without end',
    422,
    JSON.stringify({ ...sensorNamed('a/b'), data_mapping: 0 }).replace(
      '"data_mapping":0',
      `"data_mapping":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ),
    'application/json',
  ],
  ['half a surrogate pair', 422, JSON.stringify(sensorNamed('a/b', { data_mapping: { a: '\ud800' } })), 'application/json'],
  ['six mebibytes', 413, JSON.stringify(sensorNamed('a/b', { data_mapping: { a: 'x'.repeat(6 * 1024 * 1024) } })), 'application/json'],
])('a body with %s is answered %i and changes nothing', async (_what, status, body, type) => {
  const answer = await server.call(at('a/b'), {
    method: 'PUT',
    headers: { ...NEW, 'Content-Type': type },
    body: new TextEncoder().encode(body),
  })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect((await server.call(SITE)).body.sensors).toBe(0)
  expect(server.warnings).toEqual([])
})

test('an oversized body without a length is refused while it comes', async () => {
  const url = new URL(at('a/b'), server.url)
  const status = await new Promise((resolve, reject) => {
    const call = request(
      url,
      { method: 'PUT', headers: { Authorization: `Bearer ${ACME.token}`, 'Content-Type': 'application/json' } },
      (response) => {
        response.resume()
        resolve(response.statusCode)
      },
    )
    call.on('error', reject)
    for (let part = 0; part < 96; part++) call.write(Buffer.alloc(65_536, 'x'))
    call.end()
  })
  expect(status).toBe(413)
})

test('a path that leads nowhere is a problem, not a page', async () => {
  const { status, body } = await server.call('/v1/nothing')
  expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
})
