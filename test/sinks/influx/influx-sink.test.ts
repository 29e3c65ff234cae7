import { describe, expect, it, onTestFinished } from 'vitest'
import { createInfluxSink } from '../../../src/sinks/influx/influx-sink.js'
import type { SinkSurroundings } from '../../../src/sinks/surroundings.js'
import { batchOf, runAt, surroundings, T0, temporaryFolder } from '../spool/material.js'
import { type FakeInflux, startFakeInflux } from './fake-influx.js'

const LINE = 'readings,asset=pump,sensor=pump/temperature,unit=bar value=0,quality=0i 1795359600000000000'
const CANARY = 'canary-6f1e'

async function server(): Promise<FakeInflux> {
  const fake = await startFakeInflux()
  onTestFinished(() => fake.stop())
  return fake
}

async function around(more: Partial<SinkSurroundings> = {}) {
  return { ...surroundings(await temporaryFolder()), ...more }
}

// Version 1 runs against a real server in test/peers; 2 and 3 are checked against their documented requests only.
describe('the influx sink', () => {
  it.each([
    ['/plant', '/write?db=plant&precision=ns', `Basic ${Buffer.from(`ann:${CANARY}`).toString('base64')}`],
    ['/plant/two_years', '/write?db=plant&rp=two_years&precision=ns', `Basic ${Buffer.from(`ann:${CANARY}`).toString('base64')}`],
    ['/plant?org=works', '/api/v2/write?org=works&bucket=plant&precision=ns', `Token ${CANARY}`],
    ['/plant?version=3', '/api/v3/write_lp?db=plant&precision=nanosecond', `Bearer ${CANARY}`],
  ])('asks as the reference of each version has it: %s', async (address, path, authorization) => {
    const fake = await server()
    const secrets = { token: () => CANARY, credentials: () => ({ user: 'ann', password: CANARY }) }
    const sink = createInfluxSink(`influx://127.0.0.1:${fake.port}${address}`, await around(secrets))
    await sink.start(runAt(T0))
    await sink.take(batchOf(0, 1))
    await sink.close('duration')
    expect(fake.asked.map(({ url, headers, body }) => [url.pathname + url.search, headers.authorization, body])).toEqual([
      [path, authorization, LINE],
    ])
    expect(sink.tally().stored).toBe(1)
  })

  it('splits what is too large, drops what is unacceptable with the server’s words, and stores the rest', async () => {
    const fake = await server()
    fake.answer = ({ body }) => {
      if (body.split('\n').length > 10) return { status: 413, body: '{"error":"Request Entity Too Large"}' }
      return body.includes('value=7,') ? { status: 400, body: '{"error":"partial write: field type conflict"}' } : undefined
    }
    const sink = createInfluxSink(`influx://127.0.0.1:${fake.port}/plant`, await around())
    await sink.start(runAt(T0))
    await sink.take(batchOf(0, 100))
    await sink.close('duration')
    expect(sink.tally()).toMatchObject({
      stored: 99,
      buffered: 0,
      drops: [{ count: 1, cause: 'HTTP 400 partial write: field type conflict' }],
    })
    expect(fake.points.size).toBe(99)
  })

  it('does not follow a redirect with its secret, and repeats the secret nowhere', async () => {
    const [fake, elsewhere] = [await server(), await server()]
    fake.answer = () => ({ status: 307, body: '' })
    const world = await around({ token: () => CANARY })
    const sink = createInfluxSink(`influx://127.0.0.1:${fake.port}/plant?org=works`, world)
    await sink.start(runAt(T0))
    await sink.take(batchOf(0, 1))
    await sink.close('duration')
    expect(elsewhere.asked).toEqual([])
    expect(sink.tally().spooled).toBe(1)
    expect(JSON.stringify([world.log, sink.tally(), sink.name])).not.toContain(CANARY)
  })

  it.each([429, 500, 503])('tries again later after HTTP %s', async (status) => {
    const fake = await server()
    fake.answer = () => ({ status, body: 'busy' })
    const sink = createInfluxSink(`influx://127.0.0.1:${fake.port}/plant`, await around())
    await sink.start(runAt(T0))
    await sink.take(batchOf(0, 3))
    await expect.poll(() => fake.asked.length, { timeout: 10_000 }).toBeGreaterThan(1)
    fake.answer = null
    await expect.poll(() => sink.tally().stored, { timeout: 10_000 }).toBe(3)
    await sink.close('duration')
  })
})
