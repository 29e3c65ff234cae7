import { describe, expect, it } from 'vitest'
import { discover } from '../../src/discovery/discover.js'
import { withLineWishes } from '../../src/discovery/line-wishes.js'
import { describeEstimate, describePlan, planDiscovery } from '../../src/discovery/plan-discovery.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { startFakeServer } from '../fakes/modbus/server.js'

const LIMITS = { timeoutMs: 1000 }
const LINE = 'modbus-rtu:///dev/ttyUSB0?baud=9600&parity=none&stop=1'

describe('the plan of a search', () => {
  it('announces for 247 units at 9600 baud the frames and the time-outs', async () => {
    const [plan] = await planDiscovery([LINE], LIMITS)
    // A request of 8 characters of 10 bits, an answer of 7, 20 ms for the adapter and 30 ms to think.
    expect(plan?.estimateMs).toBeCloseTo(247 * ((8 + 7) * (10_000 / 9600) + 50), 6)
    expect(plan?.safety).toBe('identify')
    expect(describeEstimate(plan ?? expect.fail('no plan'))[0]).toBe(
      `${LINE}: about 16.2 s when nobody answers, at most ${Math.ceil((plan?.allAnswerMs ?? 0) / 60_000)} min when all do`,
    )
    expect(describePlan(plan ?? expect.fail('no plan'))[1]).toMatch(
      /\/dev\/ttyUSB0 \(9600-8N1\): function 3, one register at 0, to units 1 to 247/,
    )
  })

  it('says that listening sends nothing, and how long it takes', async () => {
    const [plan] = await planDiscovery(withLineWishes([LINE], { sweep: 'not-asked', listenMs: 10_000 }), LIMITS)
    expect(plan).toMatchObject({ estimateMs: 10_000, safety: 'passive' })
    expect(plan?.steps).toEqual(['nothing is sent; /dev/ttyUSB0 (9600-8N1) is listened to for 10 s'])
  })

  it('reckons with the hosts of a subnet in turns, with nothing but the connection where nobody is there', async () => {
    const [plan] = await planDiscovery(['modbus-tcp://10.0.0.0/24'], LIMITS)
    // 254 hosts, 32 at a time.
    expect(plan?.estimateMs).toBe(8 * (1000 + 20))
    expect(plan?.allAnswerMs).toBeGreaterThan(8 * 30_000)
  })

  it('counts the connections to a subnet, and the time-outs where nobody is there', async () => {
    const [plan] = await planDiscovery(['10.0.0.0/24'], LIMITS)
    const [, ports = '', doors = ''] = /the (\d+) usual ports of 254 hosts: (\d+) in all, 16 at a time/.exec(plan?.steps[0] ?? '') ?? []
    expect(Number(doors)).toBe(254 * Number(ports))
    expect(plan?.estimateMs).toBe(Math.ceil(Number(doors) / 16) * 1000)
  })

  it.each(['serial', 'simulator://'])('says of %s that nothing is sent', async (scope) => {
    const [plan] = await planDiscovery([scope], LIMITS)
    expect(plan).toMatchObject({ safety: 'passive', estimateMs: null })
    expect(plan?.steps.join()).toContain('nothing is sent')
    expect(describePlan(plan ?? expect.fail('no plan'))[0]).toBe(`${scope}: done at once`)
  })

  it('touches nothing, over TCP neither', async () => {
    const server = await startFakeServer(new Map())
    const [plan] = await planDiscovery(
      [`modbus-tcp://127.0.0.1:${server.port}`, 'localhost', '10.0.0.0/24', 'modbus-tcp://10.0.0.0/24'],
      LIMITS,
    )
    expect(plan?.steps.join()).toContain('function 3')
    expect(server.connections.total).toBe(0)
    await server.stop()
  })

  it('refuses to listen where the search would talk', async () => {
    for (const scope of ['localhost', '10.0.0.0/24', 'modbus-tcp://10.0.0.21'])
      expect(() => withLineWishes([scope], { sweep: 'not-asked', listenMs: 1000 })).toThrow('go with a serial line')
    const server = await startFakeServer(new Map())
    const searching = Array.fromAsync(discover([`modbus-tcp://127.0.0.1:${server.port}?listen=1s`], surroundingsOf()))
    await expect(searching).rejects.toMatchObject({ code: 'ADDRESS_INVALID' })
    expect(server.connections.total).toBe(0)
    await server.stop()
  })
})
