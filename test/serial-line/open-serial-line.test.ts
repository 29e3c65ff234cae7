import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DriverFault } from '../../src/drivers/fault.js'
import { openPseudoTerminal, type PseudoTerminal } from '../../src/plant/servers/serial/pseudo-terminal.js'
import { openSerialLine } from '../../src/serial-line/open-serial-line.js'
import type { SerialLine } from '../../src/serial-line/serial-line.js'

describe('openSerialLine', () => {
  let far: PseudoTerminal
  beforeEach(async () => {
    far = await openPseudoTerminal()
  })
  afterEach(() => far.close())
  const open = (path: string): Promise<SerialLine> =>
    openSerialLine({ path, baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, signal: new AbortController().signal })

  it('hands out what comes and sends what is written, byte for byte', async () => {
    await using line = await open(far.path)
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const heard: number[] = []
    far.onBytes((bytes) => heard.push(...bytes))
    const came: number[] = []
    line.onBytes((bytes) => came.push(...bytes))
    await line.write(all)
    far.send(Buffer.from(all))
    await expect.poll(() => [heard.length, came.length]).toEqual([256, 256])
    expect(heard).toEqual([...all])
    expect(came).toEqual([...all])
  })

  it('says that a port is not there', async () => {
    const fault = await open('/dev/ttyNowhere').catch((thrown: unknown) => thrown)
    expect(fault).toBeInstanceOf(DriverFault)
    expect(fault).toMatchObject({ code: 'PORT_NOT_FOUND', retry: true })
  })

  it.each(['/dev/null', '/dev/shm'])('opens nothing that is no serial port: %s', async (path) => {
    expect(await open(path).catch((thrown: unknown) => thrown)).toMatchObject({ code: 'PORT_REFUSED', retry: false })
  })

  it('opens nothing after an abort', async () => {
    const options = { path: far.path, baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, signal: AbortSignal.abort() } as const
    expect(await openSerialLine(options).catch((thrown: unknown) => thrown)).toMatchObject({ code: 'INTERRUPTED' })
  })

  it('says who has a port', async () => {
    await using line = await open(far.path)
    expect(line.path).toBe(far.path)
    const fault = await open(far.path).catch((thrown: unknown) => thrown)
    expect(fault).toMatchObject({ code: 'PORT_IN_USE', retry: true })
    expect((fault as DriverFault).facts.because).toContain(`process ${process.pid}`)
  })

  it('tells once that the far end went away', async () => {
    await using line = await open(far.path)
    const told: string[] = []
    line.onClosed((because) => told.push(because))
    far.close()
    await expect.poll(() => told.length, { timeout: 5000 }).toBe(1)
    await expect(line.write(new Uint8Array([1]))).rejects.toMatchObject({ code: 'CONNECTION_LOST', retry: true })
  })
})
