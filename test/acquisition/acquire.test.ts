import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { acquire } from '../../src/acquisition/acquire.js'
import { systemClock } from '../../src/cli/system-clock.js'
import { Fault } from '../../src/faults/fault.js'
import { countOf, type Freight } from '../../src/readings/measurement.js'
import { unnamedSensor } from '../../src/readings/sensor.js'
import type { EndedBy, Sink } from '../../src/sinks/contract.js'
import { surroundings } from './fake-driver.js'

interface Kept extends Sink {
  readonly freight: Freight[]
  readonly calls: string[]
}

function keeper(options: { readonly onStart?: () => Promise<void>; readonly failAfter?: number } = {}): Kept {
  const freight: Freight[] = []
  const calls: string[] = []
  const stored = (): number => freight.reduce((sum, one) => sum + countOf(one), 0)
  return {
    name: 'keeper',
    policy: 'wait',
    freight,
    calls,
    start: async () => {
      calls.push('start')
      await options.onStart?.()
    },
    take: (one) => {
      if (freight.length >= (options.failAfter ?? Number.POSITIVE_INFINITY))
        throw new Fault('FILE_PERMISSION', { message: 'the disk went away' })
      freight.push(one)
    },
    close: (endedBy: EndedBy) => {
      calls.push(`close ${endedBy}`)
      return Promise.resolve()
    },
    tally: () => ({ stored: stored(), buffered: 0, dropped: 0, drops: [] }),
  }
}

const PUMP = unnamedSensor('simulator://pump-set/pump-247/flow?seed=7&every=100ms')

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

function run(
  sinks: readonly Sink[],
  addresses: readonly string[],
  options: { readonly signal?: AbortSignal; readonly durationMs?: number; readonly startUp?: 'keep-trying' } = {},
) {
  const { signal = new AbortController().signal, ...rest } = options
  return acquire({
    sensors: addresses.length > 0 ? addresses.map(unnamedSensor) : [PUMP],
    assets: [],
    site: null,
    purpose: 'test',
    tool: 'test',
    sinks,
    around: surroundings(systemClock, signal),
    ...rest,
  })
}

describe('the road', () => {
  it('accounts for everything that it produced, and closes its sinks once', async () => {
    const sink = keeper()
    const report = await run([sink], [], { durationMs: 600 })
    const tally = report.sinks[0]?.tally
    expect(report).toMatchObject({ endedBy: 'duration', gaps: 0 })
    expect(report.produced).toBeGreaterThan(3)
    expect(tally).toMatchObject({ stored: report.produced, buffered: 0, dropped: 0 })
    expect(sink.calls).toEqual(['start', 'close duration'])
  })

  it('ends within two seconds of an interrupt, and says so', async () => {
    const stop = new AbortController()
    const sink = keeper()
    const running = run([sink], [], { signal: stop.signal })
    while (sink.freight.length < 3) await systemClock.sleep(20)
    const askedAt = performance.now()
    stop.abort()
    expect((await running).endedBy).toBe('interrupt')
    expect(performance.now() - askedAt).toBeLessThan(2000)
  })

  it('that reaches nobody at all starts no sink that keeps, and throws what the first line said', async () => {
    const sink = keeper()
    await expect(run([sink], [`modbus-tcp://127.0.0.1:${await closedPort()}/1/holding/0`])).rejects.toMatchObject({ code: 'PORT_CLOSED' })
    expect(sink.calls).toEqual([])
  })

  it('carries on with the lines that live when another is dead', async () => {
    const sink = keeper()
    const dead = `modbus-tcp://127.0.0.1:${await closedPort()}`
    const report = await run([sink], [PUMP.address, `${dead}/1/holding/0`], { durationMs: 600 })
    expect(report.produced).toBeGreaterThan(3)
    expect(report.lines.find(({ name }) => name === dead)).toMatchObject({ fault: { code: 'PORT_CLOSED' } })
    expect(report.gaps).toBe(1)
  })

  it('keeps knocking where it was told to, with its sinks open', async () => {
    const sink = keeper()
    const report = await run([sink], [`modbus-tcp://127.0.0.1:${await closedPort()}/1/holding/0`], {
      durationMs: 500,
      startUp: 'keep-trying',
    })
    expect(report).toMatchObject({ endedBy: 'duration', produced: 0, gaps: 1 })
    expect(sink.calls).toEqual(['start', 'close duration'])
  })

  it('ends, and throws, when a sink that must not lose fails', async () => {
    const sink = keeper({ failAfter: 2 })
    await expect(run([sink], [])).rejects.toThrow('the disk went away')
    expect(sink.calls).toEqual(['start', 'close fault'])
  })

  it('ends, and throws, when a sink cannot start; it is not closed then', async () => {
    const sink = keeper({ onStart: () => Promise.reject(new Fault('FILE_PERMISSION', { message: 'no such folder' })) })
    await expect(run([sink], [])).rejects.toThrow('no such folder')
    expect(sink.calls).toEqual(['start'])
  })

  it('fails at once when hundreds of lines are dead', async () => {
    const dead = Array.from({ length: 300 }, (_, index) => `modbus-tcp://127.0.0.1:${20_000 + index}/1/holding/0`)
    await expect(run([keeper()], dead)).rejects.toMatchObject({ code: 'PORT_CLOSED' })
  })

  it('ends as a fault when every line was given up after it had been open', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'no-recording-'))
    await expect(run([keeper()], [`recording://${folder}?sensor=a/b`])).rejects.toMatchObject({ code: 'RECORDING_UNREADABLE' })
    await rm(folder, { recursive: true })
  })

  it('is not held up at its end by a sink that hangs and has limited patience', async () => {
    const hanging: Sink = {
      ...keeper(),
      name: 'hanging',
      patienceMs: 50,
      take: () => new Promise(() => undefined),
      tally: () => ({ stored: 0, buffered: 0, dropped: 0, drops: [] }),
    }
    const sink = keeper()
    const report = await run([hanging, sink], [], { durationMs: 400 })
    const [first, second] = report.sinks
    expect(first?.tally).toMatchObject({ stored: 0, buffered: 0, dropped: report.produced })
    expect(second?.tally.stored).toBe(report.produced)
    expect(sink.calls).toEqual(['start', 'close duration'])
  })
})
