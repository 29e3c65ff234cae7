import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runLine } from '../../src/acquisition/line.js'
import type { Driver } from '../../src/drivers/contract.js'
import { openPseudoTerminal, type PseudoTerminal } from '../../src/plant/servers/serial/pseudo-terminal.js'
import type { AdapterMemory } from '../../src/serial-line/follow-adapter.js'
import { openSerialLine } from '../../src/serial-line/open-serial-line.js'
import type { SerialLine } from '../../src/serial-line/serial-line.js'
import { sysfsPorts } from '../../src/serial-line/sysfs-ports.js'
import { surroundingsOf } from '../conformance/surroundings.js'

interface Adapter {
  readonly serialNumber: string | null
  readonly far: PseudoTerminal
}

/** A machine whose adapters are pseudo-terminals: plugging one in gives it the kernel's folders, a device file and a by-id link. */
class FakeMachine {
  readonly #root = mkdtempSync(join(tmpdir(), 'chatterfix-replug-'))
  readonly #sys = join(this.#root, 'sys')
  readonly #dev = join(this.#root, 'dev')
  readonly ports = () => sysfsPorts({ sys: this.#sys, dev: this.#dev })

  path(name: string): string {
    return join(this.#dev, name)
  }

  link({ serialNumber }: Adapter): string {
    return join(this.#dev, `serial/by-id/usb-Acme_${serialNumber ?? 'Serial'}-if00-port0`)
  }

  plugIn(name: string, adapter: Adapter): void {
    const usb = join(this.#sys, 'devices/usb', name)
    const put = (file: string, text: string): void => {
      mkdirSync(join(file, '..'), { recursive: true })
      writeFileSync(file, text)
    }
    put(join(usb, 'idVendor'), '0403\n')
    put(join(usb, 'manufacturer'), 'Acme\n')
    if (adapter.serialNumber !== null) put(join(usb, 'serial'), `${adapter.serialNumber}\n`)
    mkdirSync(join(usb, 'port'), { recursive: true })
    mkdirSync(join(this.#sys, 'class/tty', name), { recursive: true })
    symlinkSync(join(usb, 'port'), join(this.#sys, 'class/tty', name, 'device'))
    mkdirSync(join(this.#dev, 'serial/by-id'), { recursive: true })
    symlinkSync(adapter.far.path, this.path(name))
    rmSync(this.link(adapter), { force: true })
    symlinkSync(this.path(name), this.link(adapter))
  }

  pullOut(name: string, adapter: Adapter): void {
    for (const file of [this.path(name), this.link(adapter)]) rmSync(file)
    for (const folder of [join(this.#sys, 'class/tty', name), join(this.#sys, 'devices/usb', name)]) rmSync(folder, { recursive: true })
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true })
  }
}

describe('a port that is opened again', () => {
  let machine: FakeMachine
  const fars: PseudoTerminal[] = []
  const adapter = async (serialNumber: string | null): Promise<Adapter> => {
    const far = await openPseudoTerminal()
    fars.push(far)
    return { serialNumber, far }
  }
  beforeEach(() => (machine = new FakeMachine()))
  afterEach(() => {
    for (const far of fars.splice(0)) far.close()
    machine.remove()
  })

  const open = (name: string, adapters: AdapterMemory | undefined): Promise<SerialLine> =>
    openSerialLine(
      {
        path: machine.path(name),
        baudRate: 9600,
        dataBits: 8,
        parity: 'none',
        stopBits: 1,
        signal: new AbortController().signal,
        adapters,
      },
      machine.ports,
    )
  /** Which of the far ends hears what is written. */
  const hears = async (line: SerialLine, { far }: Adapter): Promise<boolean> => {
    const heard: number[] = []
    const stopListening = far.onBytes((bytes) => heard.push(...bytes))
    await line.write(Buffer.from('hello'))
    await line.drain()
    await expect
      .poll(() => heard.length, { timeout: 500 })
      .toBe(5)
      .catch(() => undefined)
    stopListening()
    return heard.length === 5
  }

  it('finds its adapter under another name, though another adapter has the old one', async () => {
    const [own, other] = [await adapter('A1'), await adapter('B2')]
    const adapters: AdapterMemory = new Map()
    machine.plugIn('ttyUSB0', own)
    await (await open('ttyUSB0', adapters))[Symbol.asyncDispose]()
    machine.pullOut('ttyUSB0', own)
    machine.plugIn('ttyUSB0', other)
    machine.plugIn('ttyUSB1', own)
    await using line = await open('ttyUSB0', adapters)
    expect(await hears(line, own)).toBe(true)
  })

  it('waits while its adapter is away, rather than read what has its name meanwhile', async () => {
    const [own, other] = [await adapter('A1'), await adapter('B2')]
    const adapters: AdapterMemory = new Map()
    machine.plugIn('ttyUSB0', own)
    await (await open('ttyUSB0', adapters))[Symbol.asyncDispose]()
    machine.pullOut('ttyUSB0', own)
    expect(await open('ttyUSB0', adapters).catch((thrown: unknown) => thrown)).toMatchObject({ code: 'PORT_NOT_FOUND', retry: true })
    machine.plugIn('ttyUSB0', other)
    const fault = await open('ttyUSB0', adapters).catch((thrown: unknown) => thrown)
    expect(fault).toMatchObject({ code: 'PORT_NOT_FOUND', retry: true, retryWithinMs: 2000 })
    expect((fault as { facts: { because: string } }).facts.because).toMatch(/A1-if00-port0 when it was opened, and is .*B2-if00-port0 now/)
  })

  it('takes a name for what it says the first time: nothing is remembered from elsewhere', async () => {
    const [own, other] = [await adapter('A1'), await adapter('B2')]
    machine.plugIn('ttyUSB0', other)
    machine.plugIn('ttyUSB1', own)
    await using line = await open('ttyUSB0', new Map())
    expect(await hears(line, other)).toBe(true)
  })

  it('trusts no stable name that adapters of the same make without a serial number share', async () => {
    const [one, twin] = [await adapter(null), await adapter(null)]
    const adapters: AdapterMemory = new Map()
    machine.plugIn('ttyUSB0', one)
    machine.plugIn('ttyUSB1', twin)
    await (await open('ttyUSB0', adapters))[Symbol.asyncDispose]()
    expect(adapters.size).toBe(0)
    await using line = await open('ttyUSB0', adapters)
    expect(await hears(line, one)).toBe(true)
  })

  it('leaves no descriptor open, however often it is plugged in under ever other names', async () => {
    const own = await adapter('A1')
    const adapters: AdapterMemory = new Map()
    const held = (): number =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`) === own.far.path
        } catch {
          return false
        }
      }).length
    machine.plugIn('ttyUSB0', own)
    await (await open('ttyUSB0', adapters))[Symbol.asyncDispose]()
    const before = held()
    for (let time = 0; time < 12; time++) {
      machine.pullOut(`ttyUSB${time}`, own)
      await open('ttyUSB0', adapters).catch(() => undefined)
      machine.plugIn(`ttyUSB${time + 1}`, own)
      const line = await open('ttyUSB0', adapters)
      expect(held()).toBe(before + 1)
      await line[Symbol.asyncDispose]()
    }
    expect(held()).toBe(before)
  })

  it('is read again within 5 s by whoever keeps the line', async () => {
    const own = await adapter('A1')
    machine.plugIn('ttyUSB0', own)
    const ended = new AbortController()
    const opened: number[] = []
    const keep: Driver['open'] = async (_sensors, { adapters, signal }) => {
      const line = await openSerialLine(
        { path: machine.path('ttyUSB0'), baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, signal, adapters },
        machine.ports,
      )
      opened.push(performance.now())
      const lost = Promise.withResolvers<never>()
      if (opened.length === 1) setTimeout(() => lost.reject(new Error('pulled out')), 10)
      signal.addEventListener('abort', () => lost.reject(new Error('over')))
      return {
        // biome-ignore lint/correctness/useYield: it only ends.
        measurements: async function* () {
          await lost.promise.catch(async () => {
            if (signal.aborted) return
            machine.pullOut('ttyUSB0', own)
            setTimeout(() => machine.plugIn('ttyUSB7', own), 100)
            await line[Symbol.asyncDispose]()
            const { portLost } = await import('../../src/serial-line/port-fault.js')
            throw portLost(line.path, 'pulled out')
          })
        },
        [Symbol.asyncDispose]: () => line[Symbol.asyncDispose](),
      }
    }
    const driver = { open: keep } as unknown as Driver
    const running = runLine({
      line: { name: 'port', driver, sensors: [] },
      around: surroundingsOf({ signal: ended.signal }),
      deliver: async () => {},
      onState: () => {},
    })
    await expect.poll(() => opened.length, { timeout: 10_000 }).toBe(2)
    expect((opened[1] ?? 0) - (opened[0] ?? 0)).toBeLessThan(5000)
    ended.abort()
    await running
  })
})
