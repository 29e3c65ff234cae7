import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '../../src/faults/fault.js'
import { applyPlan, planConfiguration } from '../../src/licence/client/configuration-client.js'
import { fetchLicenceStatus } from '../../src/licence/client/fetch-licence.js'
import { refuseViolations } from '../../src/licence/client/refuse-violations.js'
import { reportFault } from '../../src/output/fault-report.js'
import type { Site } from '../../src/readings/asset.js'
import { ACME, CORE, runningServer } from './running-server.js'

let server: Awaited<ReturnType<typeof runningServer>>
const open: Server[] = []
beforeEach(async () => {
  server = await runningServer()
})
afterEach(async () => {
  for (const one of open.splice(0)) {
    one.closeAllConnections()
    one.close()
  }
  await server[Symbol.asyncDispose]()
})

const siteOf = (count: number, name = 'demo'): Site => ({
  name,
  assets: [],
  sensors: Array.from({ length: count }, (_, index) => ({
    key: `pump/${index}`,
    address: `modbus-tcp://127.0.0.1:5020/1/holding/${index}?as=float32`,
    kind: 'temperature',
    unit: '°C',
    periodMs: 1000,
    asset: 'pump',
  })),
})

const request = (more: object = {}) => ({
  server: server.url,
  customer: 'acme',
  token: ACME.token,
  site: siteOf(2),
  timeoutMs: 1000,
  ...more,
})

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const thrown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(thrown).toBeInstanceOf(Fault)
  return thrown as Fault
}

/** A far end that answers as it is told. */
async function farEnd(listener: RequestListener): Promise<string> {
  const one = createServer(listener)
  open.push(one)
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`
}

test('a site is planned and applied, and then there is nothing to do', async () => {
  const plan = await planConfiguration(request())
  expect(plan.actions.map(({ action, name }) => `${action} ${name}`)).toEqual(['create pump/0', 'create pump/1'])
  expect(plan.licence).toMatchObject({ used: 0, after: 2, limit: 10, costDeltaCents: 24_900 })
  expect(await applyPlan({ ...request(), plan })).toMatchObject({ revision: 1, applied: 2, site: 'demo', customer: 'acme' })
  expect((await planConfiguration(request())).actions).toEqual([])
  expect(await fetchLicenceStatus(request())).toMatchObject({
    licence: { tier: 'iot_advanced' },
    sensors: { used: 2, limit: 10, remaining: 8 },
  })
})

test('a sensor over the limit is refused with used, limit, needed and how to get more', async () => {
  const plan = await planConfiguration(request({ site: siteOf(11) }))
  const asked = request({ site: siteOf(11), file: 'chatterfix.yaml' })
  const fault = await faultOf(Promise.resolve().then(() => refuseViolations(asked, plan)))
  expect(reportFault(fault)).toMatchObject({
    code: 'SENSOR_LIMIT_EXCEEDED',
    exitCode: 5,
    message:
      '11 sensors are needed, the licence of acme allows 10, and 0 are used; more: https://chatterfix.com/upgrade or sales@chatterfix.com',
    where: { used: '0', limit: '10', needed: '11' },
  })
  expect(await faultOf(applyPlan({ ...asked, plan }))).toMatchObject({ code: 'SENSOR_LIMIT_EXCEEDED', message: fault.message })
})

test('tier core is refused sensors for its tier', async () => {
  const plan = await planConfiguration(request({ customer: 'small', token: CORE.token }))
  const fault = await faultOf(Promise.resolve().then(() => refuseViolations(request(), plan)))
  expect(reportFault(fault)).toMatchObject({ code: 'LICENCE_DENIED', exitCode: 5, because: 'FEATURE_NOT_IN_TIER' })
})

test('a customer that the key does not know, a wrong key and no key each have their fault', async () => {
  const faults = await Promise.all(
    [
      { customer: 'nobody' },
      { token: 'guess' },
      { token: '' },
      { server: '' },
      { server: 'ftp://h' },
      { server: 'http://me:secret@h' },
    ].map((more) => faultOf(planConfiguration(request(more)))),
  )
  expect(faults.map((fault) => [fault.code, reportFault(fault).exitCode])).toEqual([
    ['CUSTOMER_UNKNOWN', 5],
    ['LICENCE_TOKEN_REJECTED', 4],
    ['LICENCE_TOKEN_MISSING', 4],
    ['LICENCE_SERVER_INVALID', 2],
    ['LICENCE_SERVER_INVALID', 2],
    ['LICENCE_SERVER_INVALID', 2],
  ])
  expect(faults[0]?.message).toContain('no such customer')
})

test('a server that is not there is unreachable', async () => {
  const gone = server.url
  await server.stop()
  expect(reportFault(await faultOf(planConfiguration(request({ server: gone }))))).toMatchObject({
    code: 'LICENCE_SERVER_UNREACHABLE',
    exitCode: 3,
    because: expect.stringContaining('3 attempts failed: connect ECONNREFUSED') as string,
  })
})

test('a server that stays silent is given up after three attempts', async () => {
  let asked = 0
  const silent = await farEnd(() => {
    asked++
  })
  const fault = await faultOf(planConfiguration(request({ server: silent, timeoutMs: 100 })))
  expect([fault.code, asked]).toEqual(['LICENCE_SERVER_UNREACHABLE', 3])
  expect(fault.message).toContain('within 100 ms')
})

test('a redirect is not followed, for the key would go along', async () => {
  const keys: (string | undefined)[] = []
  const target = await farEnd((question, answer) => {
    keys.push(question.headers.authorization)
    answer.end('{}')
  })
  const redirect = await farEnd((_, answer) => answer.writeHead(307, { Location: target }).end())
  expect((await faultOf(planConfiguration(request({ server: redirect })))).code).toBe('LICENCE_ANSWER_INVALID')
  expect(keys).toEqual([])
})

test.each([
  ['a page', '<html>'],
  ['other JSON', '{"a":1}'],
  ['nothing', ''],
])('%s instead of an answer is no licence server', async (_what, body) => {
  const other = await farEnd((_, answer) => answer.end(body))
  expect((await faultOf(planConfiguration(request({ server: other })))).code).toBe('LICENCE_ANSWER_INVALID')
})

test('an answer without end is cut off', async () => {
  const endless = await farEnd((_, answer) => {
    const more = (): void => {
      while (answer.write(Buffer.alloc(1024 * 1024, ' ')));
      answer.once('drain', more)
    }
    more()
  })
  const fault = await faultOf(planConfiguration(request({ server: endless, timeoutMs: 10_000 })))
  expect([fault.code, fault.facts.because]).toEqual(['LICENCE_ANSWER_INVALID', 'the answer is longer than 32 MiB'])
})

test('an answer that is lost on the way back is asked for again, and the plan is applied once', async () => {
  const plan = await planConfiguration(request())
  const keys: (string | undefined)[] = []
  const lossy = await farEnd((question, answer) => {
    const parts: Buffer[] = []
    question.on('data', (part: Buffer) => parts.push(part))
    question.on('end', () => {
      keys.push(question.headers['idempotency-key'] as string)
      const headers = Object.fromEntries(Object.entries(question.headers).map(([name, value]) => [name, String(value)]))
      delete headers['host']
      delete headers['connection']
      delete headers['content-length']
      void fetch(`${server.url}${question.url}`, { method: 'POST', headers, body: Buffer.concat(parts) }).then(async (real) => {
        const body = await real.text()
        // The first answer never arrives.
        if (keys.length === 1) question.socket.destroy()
        else answer.writeHead(real.status, { 'Content-Type': 'application/json' }).end(body)
      })
    })
  })
  expect(await applyPlan({ ...request({ server: lossy }), plan })).toMatchObject({ revision: 1, applied: 2 })
  expect(keys).toEqual([`apply-${plan.id}`, `apply-${plan.id}`])
})

test('a stale plan names what somebody else changed', async () => {
  const mine = await planConfiguration(request({ site: siteOf(1) }))
  await applyPlan({ ...request(), plan: await planConfiguration(request()) })
  const report = reportFault(await faultOf(applyPlan({ ...request({ site: siteOf(1) }), plan: mine })))
  expect(report).toMatchObject({ code: 'PLAN_STALE', exitCode: 1, where: { 'change 1': 'create pump/0', 'change 2': 'create pump/1' } })
  expect(report.because).toContain('revision 1 came after revision 0')
})

test('an abort ends the waiting at once', async () => {
  const silent = await farEnd(() => undefined)
  const fault = await faultOf(planConfiguration(request({ server: silent, timeoutMs: 30_000, signal: AbortSignal.timeout(50) })))
  expect(fault.code).toBe('INTERRUPTED')
})
