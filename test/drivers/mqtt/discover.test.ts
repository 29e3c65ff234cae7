import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/drivers/contract.js'
import { DriverFault } from '../../../src/drivers/fault.js'
import { mqttDriver } from '../../../src/drivers/mqtt/driver.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { startBroker, type TestBroker } from './broker.js'

describe('discovery', () => {
  let broker: TestBroker | undefined
  let server: Server | undefined
  afterEach(async () => {
    await broker?.stop()
    server?.close()
    broker = undefined
    server = undefined
  })

  it.each([
    ['answers in HTTP', (socket: Socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')), 500],
    ['greets as SSH', (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), 500],
    ['hangs up', (socket: Socket) => socket.once('data', () => socket.destroy()), 500],
    ['stays silent', () => undefined, 1000],
  ])('says no, in time, to a port that %s', async (_, behave, limitMs) => {
    server = createServer((socket) => {
      socket.on('error', () => undefined)
      behave(socket)
    })
    const port = await listening(server)
    const beganMs = performance.now()
    await expect(discovered(`mqtt://127.0.0.1:${port}`, { timeoutMs: 400 })).rejects.toBeInstanceOf(DriverFault)
    expect(performance.now() - beganMs).toBeLessThan(limitMs)
  })

  it('says no to a port where nothing listens', async () => {
    server = createServer()
    const port = await listening(server)
    await new Promise((resolve) => server?.close(resolve))
    await expect(discovered(`mqtt://127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'PORT_CLOSED' })
  })

  it('shows a broker that wants credentials instead of hiding it, and gets in with them', async () => {
    broker = await startBroker({
      authenticate: (_, user, password, done) => {
        if (user === 'ann' && password?.toString() === 'secret') done(null, true)
        else done(Object.assign(new Error('no'), { returnCode: 5 }), false)
      },
    })
    const at = `mqtt://127.0.0.1:${broker.port}`
    expect(await discovered(at)).toEqual([expect.objectContaining({ address: at, access: 'permission-denied', confidence: 1 })])
    await expect(mqttDriver.probe(at, surroundingsOf())).rejects.toMatchObject({ code: 'MQTT_AUTH_FAILED', retry: false })
    const credentials = (): { user: string; password: string } => ({ user: 'ann', password: 'secret' })
    expect(await discovered(at, { credentials })).toEqual([expect.objectContaining({ address: at, access: 'open' })])
  })

  it('reports TLS spoken to a plain broker as MQTT not spoken, with the other way to try', async () => {
    broker = await startBroker()
    await expect(mqttDriver.probe(`mqtts://127.0.0.1:${broker.port}`, surroundingsOf())).rejects.toMatchObject({
      code: 'MQTT_NOT_SPOKEN',
      facts: { advice: { otherWay: `mqtt://127.0.0.1:${broker.port}` } },
    })
  })

  it('publishes nothing', async () => {
    broker = await startBroker()
    const at = `mqtt://127.0.0.1:${broker.port}`
    await discovered(at)
    await mqttDriver.probe(at, surroundingsOf())
    expect(broker.published().filter((topic) => !topic.startsWith('$SYS'))).toEqual([])
  })
})

async function discovered(scope: string, around: Parameters<typeof surroundingsOf>[0] = {}): Promise<readonly Finding[]> {
  return Array.fromAsync(mqttDriver.discover?.(scope, surroundingsOf(around)) ?? [])
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
