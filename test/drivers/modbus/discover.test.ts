import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/drivers/contract.js'
import { DriverFault } from '../../../src/drivers/fault.js'
import { parseDiscoveryScope } from '../../../src/drivers/modbus/discovery-scope.js'
import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { fakeDevice, putRegisters } from '../../fakes/modbus/device.js'
import { BEHAVIOURS, type Behaviour, type FakeServer, startFakeServer } from '../../fakes/modbus/server.js'

const device = fakeDevice({
  identification: new Map([
    [0, 'Acme'],
    [1, 'PX'],
    [2, '2.1'],
    [4, 'PX series'],
    [5, 'PX-7'],
  ]),
})
putRegisters(device.holding, 0, [1])
const plain = fakeDevice({ serverId: Buffer.from('\x11\xffDRIVE 3000\x00', 'latin1') })
putRegisters(plain.holding, 0, [1])

let server: FakeServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

async function discover(port: number): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for await (const finding of modbusDriver.discover?.(`modbus-tcp://127.0.0.1:${port}`, surroundingsOf()) ?? []) findings.push(finding)
  return findings
}

const everyUnit = (behaviour: Behaviour): Map<number, Behaviour> => new Map(Array.from({ length: 256 }, (_, unit) => [unit, behaviour]))

describe('Modbus discovery', () => {
  it('finds the units behind a gateway that says of all others that nobody is there', async () => {
    server = await startFakeServer(
      new Map([...everyUnit(BEHAVIOURS.exception(11)), [7, BEHAVIOURS.fine(device)], [12, BEHAVIOURS.fine(plain)]]),
    )
    const findings = await discover(server.port)
    expect(findings.map(({ description }) => description).sort()).toEqual(['Modbus unit 12 · DRIVE 3000', 'Modbus unit 7 · Acme PX-7 2.1'])
    expect(findings.every(({ address }) => /\/(7|12)$/.test(address))).toBe(true)
    expect(server.connections).toMatchObject({ most: 1, reset: 0 })
  })

  it('shows a host that answers to every unit id once', async () => {
    server = await startFakeServer(everyUnit(BEHAVIOURS.fine(device)))
    const findings = await discover(server.port)
    expect(findings.map(({ description }) => description)).toEqual(['Modbus device, any unit id · Acme PX-7 2.1'])
  })

  it('finds a unit among those that a host calls broken alike', async () => {
    server = await startFakeServer(new Map([...everyUnit(BEHAVIOURS.exception(4)), [33, BEHAVIOURS.fine(device)]]))
    expect((await discover(server.port)).map(({ description }) => description)).toEqual(['Modbus unit 33 · Acme PX-7 2.1'])
  })

  it('finds a unit that answers later than the others made it expect', async () => {
    server = await startFakeServer(
      new Map([
        [1, BEHAVIOURS.fine(device)],
        [40, BEHAVIOURS.late(device, 60)],
      ]),
    )
    expect((await discover(server.port)).map(({ address }) => address.split('/').at(-1))).toEqual(['1', '40'])
  })

  it('lists a unit that answers badly, with little confidence', async () => {
    server = await startFakeServer(
      new Map([...everyUnit(BEHAVIOURS.exception(11)), [1, BEHAVIOURS.fine(device)], [2, BEHAVIOURS.short(device)]]),
    )
    const findings = await discover(server.port)
    expect(findings.map(({ confidence }) => confidence)).toEqual([0.99, 0.4])
  })

  it('shows, at once, that something else answers or hangs up, and claims no device', async () => {
    const strangers: ((socket: Socket) => void)[] = [
      (socket) => socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'),
      (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
      (socket) => socket.on('data', () => socket.end()),
      (socket) => socket.on('data', () => socket.resetAndDestroy()),
      (socket) => socket.on('data', () => socket.write(Buffer.from('4552524620000000000000800000000000000000', 'hex'))),
      (socket) => socket.end(),
    ]
    for (const behave of strangers) {
      const sockets = new Set<Socket>()
      const stranger = createServer((socket) => {
        sockets.add(socket)
        socket.on('error', () => {})
        socket.resume()
        behave(socket)
      }).listen(0, '127.0.0.1')
      await once(stranger, 'listening')
      const started = performance.now()
      const findings = await discover((stranger.address() as AddressInfo).port)
      expect(findings.map(({ confidence }) => confidence)).toEqual([0])
      expect(findings[0]?.description).toMatch(/^(answers, but not in Modbus|hangs up instead of answering in Modbus)$/)
      expect(performance.now() - started).toBeLessThan(700)
      for (const socket of sockets) socket.destroy()
      stranger.close()
    }
  })

  it('leaves a host of a range that stays silent after the first questions, and counts the hosts', async () => {
    server = await startFakeServer(new Map([[40, BEHAVIOURS.fine(device)]]))
    const steps: string[] = []
    const findings: Finding[] = []
    const around = surroundingsOf({ timeoutMs: 300, progress: ({ done, total, what }) => void steps.push(`${done}/${total} ${what}`) })
    const scope = `modbus-tcp://127.0.0.1-2:${server.port},127.0.0.1:1`
    for await (const finding of modbusDriver.discover?.(scope, around) ?? []) findings.push(finding)
    expect(findings.map(({ description }) => description)).toEqual(['accepts connections, but no Modbus unit answers'])
    expect(server.requests.length).toBeLessThanOrEqual(6)
    expect(server.connections).toMatchObject({ most: 1, total: 1, reset: 0 })
    expect(steps).toEqual(['1/3 hosts', '2/3 hosts', '3/3 hosts'])
  })

  it('asks a host that somebody named for every unit, also where it is one of a list', async () => {
    const mute = await startFakeServer(new Map([[40, BEHAVIOURS.fine(device)]]))
    server = await startFakeServer(everyUnit(BEHAVIOURS.fine(device)))
    const findings: Finding[] = []
    const scope = `modbus-tcp://127.0.0.1:${server.port},127.0.0.1:${mute.port}`
    for await (const finding of modbusDriver.discover?.(scope, surroundingsOf({ timeoutMs: 300 })) ?? []) findings.push(finding)
    expect(findings.map(({ description }) => description).sort()).toEqual([
      'Modbus device, any unit id · Acme PX-7 2.1',
      'Modbus unit 40 · Acme PX-7 2.1',
    ])
    await mute.stop()
  })

  it('says why a named host does not answer', async () => {
    await expect(discover(1)).rejects.toBeInstanceOf(DriverFault)
    await expect(discover(1)).rejects.toMatchObject({ code: 'PORT_CLOSED', retry: true })
  })
})

describe('the scope of a discovery', () => {
  it('tells a subnet from a unit', () => {
    expect(parseDiscoveryScope('modbus-tcp://10.0.0.21/7')).toEqual({
      hosts: [{ host: '10.0.0.21', port: 502, isNamed: true }],
      unit: 7,
      notes: [],
    })
    const subnet = parseDiscoveryScope('modbus-tcp://10.0.0.0:1502/24')
    expect(subnet.hosts).toHaveLength(254)
    expect([subnet.hosts[0], subnet.hosts.at(-1), subnet.unit]).toEqual([
      { host: '10.0.0.1', port: 1502, isNamed: false },
      { host: '10.0.0.254', port: 1502, isNamed: false },
      null,
    ])
  })

  it('takes lists, with ranges and ports, each host once', () => {
    const { hosts, unit } = parseDiscoveryScope('modbus-tcp://10.0.0.21,10.0.0.40-42:1502,plc-3,10.0.0.21')
    expect(hosts.map(({ host, port }) => `${host}:${port}`)).toEqual([
      '10.0.0.21:502',
      '10.0.0.40:1502',
      '10.0.0.41:1502',
      '10.0.0.42:1502',
      'plc-3:502',
    ])
    expect(hosts.map(({ isNamed }) => isNamed)).toEqual([true, false, false, false, true])
    expect(unit).toBeNull()
    expect(parseDiscoveryScope('modbus-tcp://10.0.0.1,10.0.0.2/7').unit).toBe(7)
    expect(() => parseDiscoveryScope('modbus-tcp://10.0.0.1,10.0.0.9-3')).toThrow('no range')
    expect(() => parseDiscoveryScope('modbus-tcp://10.0.0.1,')).toThrow(DriverFault)
  })

  it('takes an interface for its subnets, and says so where only a part is searched', () => {
    const own = (cidr: string): NetworkInterfaceInfo => ({ family: 'IPv4', address: '', netmask: '', mac: '', internal: false, cidr })
    const interfaces = () => ({ eth0: [own('192.168.7.30/26')], wide: [own('10.1.2.3/8')], bare: [] })
    const small = parseDiscoveryScope('modbus-tcp://eth0:1502', interfaces)
    expect([small.hosts.length, small.hosts[0], small.hosts.at(-1)]).toEqual([
      62,
      { host: '192.168.7.1', port: 1502, isNamed: false },
      { host: '192.168.7.62', port: 1502, isNamed: false },
    ])
    const wide = parseDiscoveryScope('modbus-tcp://wide', interfaces)
    expect([wide.hosts.length, wide.hosts[0]?.host, wide.notes]).toEqual([
      254,
      '10.1.2.1',
      ['wide has 10.1.2.3/8; only 10.1.2.0/24 is searched'],
    ])
    expect(() => parseDiscoveryScope('modbus-tcp://bare', interfaces)).toThrow('no IPv4 address')
  })

  it('refuses more than 4096 hosts', () => {
    expect(parseDiscoveryScope('modbus-tcp://10.16.0.0/20').hosts).toHaveLength(4094)
    expect(() => parseDiscoveryScope('modbus-tcp://10.0.0.0/16')).toThrow('a /16 has 65536 addresses')
  })
})
