import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { opcuaDriver } from '../../../src/drivers/opcua/driver.js'
import { encodeHello, greet, readGreeting } from '../../../src/drivers/opcua/hello.js'
import { activeResources, expectNothingLeft } from '../../conformance/leftovers.js'
import { surroundingsOf } from '../../conformance/surroundings.js'

const servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

/** Something that listens and answers what it is told to. */
async function listener(answer: (socket: Socket, received: Buffer) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (received) => answer(socket, received))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const greetPort = (port: number, timeoutMs = 300) =>
  greet({ host: '127.0.0.1', port, endpointUrl: 'opc.tcp://127.0.0.1/', timeoutMs, signal: new AbortController().signal })

/** An Acknowledge as OPC 10000-6, table 58 lays it out. */
const ACK = Buffer.from('41434b461c00000000000000ffff0000ffff000000000001' + '00000000', 'hex')

describe('a Hello', () => {
  it('is laid out as the specification says', () => {
    const hello = encodeHello('opc.tcp://h/')
    expect(hello.toString('latin1', 0, 4)).toBe('HELF')
    expect(hello.readUInt32LE(4)).toBe(hello.length)
    expect(hello.length).toBe(32 + 'opc.tcp://h/'.length)
    expect(hello.readUInt32LE(28)).toBe('opc.tcp://h/'.length)
    expect(hello.toString('latin1', 32)).toBe('opc.tcp://h/')
  })

  it('is answered by an Acknowledge, also one that comes byte by byte', async () => {
    const port = await listener((socket) => {
      for (const byte of ACK) socket.write(Buffer.of(byte))
    })
    expect(await greetPort(port)).toEqual({ outcome: 'spoken' })
  })

  it('is refused with the code and the reason that the server gives', async () => {
    const reason = Buffer.from('no such path')
    const error = Buffer.concat([Buffer.from('4552524600000000000083800c000000', 'hex'), reason])
    error.writeUInt32LE(error.length, 4)
    const port = await listener((socket) => socket.write(error))
    expect(await greetPort(port)).toEqual({ outcome: 'refused', statusCode: 0x80830000, reason: 'no such path' })
  })

  it('knows strangers by their answer, their silence or their hanging up, within its deadline', async () => {
    const http = await listener((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const mqtt = await listener((socket) => socket.destroy())
    const modbus = await listener(() => {})
    const startedMs = performance.now()
    expect(await greetPort(http)).toMatchObject({ outcome: 'foreign', evidence: expect.stringContaining('HTTP/1.1') as string })
    expect(await greetPort(mqtt)).toMatchObject({ outcome: 'foreign' })
    expect(await greetPort(modbus)).toEqual({ outcome: 'silent' })
    expect(await greetPort(9)).toMatchObject({ outcome: 'unconnected', errno: 'ECONNREFUSED' })
    expect(performance.now() - startedMs).toBeLessThan(1000)
  })

  it('takes any bytes without harm', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void readGreeting(Buffer.from(bytes))))
    const prefixed = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.concat([Buffer.from('ERRF'), bytes]))
    fc.assert(fc.property(prefixed, (bytes) => void readGreeting(bytes)))
  })
})

describe('a port that does not speak OPC UA', () => {
  it('is told once the time-out is over, and a probe says what is there', async () => {
    const port = await listener(() => {})
    const before = activeResources()
    const startedMs = performance.now()
    const search = Array.fromAsync(opcuaDriver.discover?.(`opc.tcp://127.0.0.1:${port}`, surroundingsOf({ timeoutMs: 500 })) ?? [])
    await expect(search).rejects.toMatchObject({ code: 'OPCUA_SILENT' })
    expect(performance.now() - startedMs).toBeLessThan(1000)
    const http = await listener((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await expect(opcuaDriver.probe(`opc.tcp://127.0.0.1:${http}`, surroundingsOf())).rejects.toMatchObject({
      code: 'OPCUA_NOT_SPOKEN',
      retry: true,
    })
    await expect(opcuaDriver.probe(`opc.tcp://127.0.0.1:9`, surroundingsOf())).rejects.toMatchObject({ code: 'PORT_CLOSED' })
    await expectNothingLeft(before).catch(() => {})
  })

  it('ends a greeting at once when it is aborted', async () => {
    const port = await listener(() => {})
    const ended = new AbortController()
    const greeting = greet({ host: '127.0.0.1', port, endpointUrl: 'opc.tcp://127.0.0.1/', timeoutMs: 10_000, signal: ended.signal })
    ended.abort()
    expect(await greeting).toEqual({ outcome: 'aborted' })
  })
})

describe('a server that acknowledges and then hangs', () => {
  it('is given up at the deadline or the abort, and leaves nothing', async ({ onTestFinished }) => {
    const { mkdtempSync, rmSync } = await import('node:fs')
    const { tmpdir } = await import('node:os')
    const stateFolder = mkdtempSync(`${tmpdir()}/opcua-hang-`)
    onTestFinished(() => rmSync(stateFolder, { recursive: true, force: true }))
    const port = await listener((socket, received) => {
      if (received.toString('latin1', 0, 3) === 'HEL') socket.write(ACK)
    })
    // Loading the library opens our own output, which is no leftover.
    await import('../../../src/drivers/opcua/probe.js')
    const before = activeResources()
    const ended = new AbortController()
    setTimeout(() => ended.abort(), 700)
    const startedMs = performance.now()
    const around = surroundingsOf({ stateFolder, signal: ended.signal })
    await expect(opcuaDriver.probe(`opc.tcp://127.0.0.1:${port}`, around)).rejects.toMatchObject({ code: 'INTERRUPTED', retry: false })
    expect(performance.now() - startedMs).toBeLessThan(1700)
    await expectNothingLeft(before, ended.signal)
  })
})
