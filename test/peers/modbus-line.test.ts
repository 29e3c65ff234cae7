import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/drivers/contract.js'
import { modbusDriver } from '../../src/drivers/modbus/driver.js'
import { readingsOf } from '../../src/readings/batch.js'
import type { Sensor } from '../../src/readings/sensor.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { startPtyPair } from '../fakes/modbus-line/pty-pair.js'
import { missingPeer } from './requirement.js'

const PYTHON = '/usr/bin/python3'
const missing =
  missingPeer('socat', ['which', 'socat']) ??
  missingPeer('mbpoll', ['which', 'mbpoll']) ??
  missingPeer('python3-pymodbus with python3-serial-asyncio', [PYTHON, '-c', 'import pymodbus.server, serial_asyncio'])
const missingC = missing ?? missingPeer('libmodbus-dev with a C compiler', ['sh', '-c', 'command -v cc && pkg-config --exists libmodbus'])
const QUERY = 'baud=115200&parity=none&stop=1'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** Starts a program that prints a line when it is ready, and ends with its input. */
async function start(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  stops.push(async () => {
    child.stdin.end()
    await exited
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return line
}

async function findingsOf(scope: string): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for await (const finding of modbusDriver.discover?.(scope, surroundingsOf()) ?? []) findings.push(finding)
  return findings
}

/** `path?as=…` read once each, on one line. */
async function readAll(line: string, query: string, paths: readonly string[]): Promise<readonly (number | string)[]> {
  const sensors = paths.map((path): Sensor => {
    const [place = '', own = ''] = path.split('?')
    return { key: path, address: `${line}/${place}?${[query, own].filter(Boolean).join('&')}`, kind: 'other', unit: null, periodMs: 1000 }
  })
  await using connection = await modbusDriver.open(sensors, surroundingsOf())
  for await (const batch of connection.measurements()) {
    if (batch.kind !== 'batch') continue
    const readings = new Map([...readingsOf(batch)].map((reading) => [reading.sensor, reading]))
    return paths.map((path) => {
      const reading = readings.get(path)
      return reading?.quality === 0 ? reading.value : `quality ${reading?.quality}`
    })
  }
  return []
}

/** What mbpoll reads, one number a line: `[100]: 	23.4`. */
async function mbpoll(args: readonly string[]): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('mbpoll', ['-0', '-1', '-q', ...args])
  return [...stdout.matchAll(/^\[\d+\]:\s+(\S+)/gm)].map((match) => Number(match[1]))
}

describe.skipIf(missing)(`RTU and ASCII against a pymodbus server${missing ? ` (skipped: ${missing})` : ''}`, () => {
  for (const mode of ['rtu', 'ascii'] as const) {
    it(`reads over ${mode.toUpperCase()} what pymodbus laid out`, async () => {
      const pair = await startPtyPair()
      stops.push(() => pair.stop())
      await start(PYTHON, [join(import.meta.dirname, 'modbus-pymodbus-line.py'), mode, pair.far])
      const values = await readAll(`modbus-${mode}://${pair.near}`, QUERY, [
        '7/holding/100?as=float32&order=cdab',
        '7/holding/102?as=float32&order=cdab',
        '7/holding/204?as=int32',
        '7/input/3',
        '7/input/4?as=int16',
        '7/coil/2',
        '7/discrete/8',
        '12/holding/1',
      ])
      expect(values[0]).toBeCloseTo(23.4, 5)
      expect(values.slice(1)).toEqual([1480.25, -123_456, 417, -1, 1, 1, 18])
      // mbpoll has no ASCII; over RTU it must read the same registers.
      if (mode === 'ascii') return
      const rtu = ['-m', 'rtu', '-b', '115200', '-P', 'none', '-a', '7']
      expect(await mbpoll([...rtu, '-t', '4:int', '-B', '-r', '204', '-c', '1', pair.near])).toEqual([-123_456])
      expect(await mbpoll([...rtu, '-t', '3', '-r', '3', '-c', '1', pair.near])).toEqual([417])
    })
  }

  it('finds both units among 247, reads who they are, and guesses the floats of one', async () => {
    const pair = await startPtyPair()
    stops.push(() => pair.stop())
    await start(PYTHON, [join(import.meta.dirname, 'modbus-pymodbus-line.py'), 'rtu', pair.far])
    const findings = await findingsOf(`modbus-rtu://${pair.near}?${QUERY}`)
    expect(findings.map(({ address, identity }) => [address, identity?.model])).toEqual([
      [`modbus-rtu://${pair.near}/7?${QUERY}`, 'PX-7'],
      [`modbus-rtu://${pair.near}/12?${QUERY}`, 'PX-7'],
    ])
    const report = await modbusDriver.probe(findings[0]?.address ?? '', surroundingsOf())
    const values = report.points.filter(({ type }) => type === 'float32').map(({ order, value }) => [order, value])
    expect(values).toEqual(expect.arrayContaining([['cdab', 1480.25]]))
  })
})

describe.skipIf(missingC)(`a server built on libmodbus${missingC ? ` (skipped: ${missingC})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'libmodbus-'))
  const program = join(folder, 'server')
  const PATHS = ['1/holding/100?as=float32&order=cdab', '1/holding/205', '1/input/3', '1/coil/2', '1/coil/1']
  const EXPECTED = [expect.closeTo(23.4, 5), 1005, 417, 1, 0]

  beforeAll(() => {
    const { stdout } = spawnSync('pkg-config', ['--cflags', '--libs', 'libmodbus'], { encoding: 'utf8' })
    const source = join(import.meta.dirname, 'modbus-libmodbus-server.c')
    const built = spawnSync('cc', ['-O1', '-o', program, source, ...stdout.trim().split(/\s+/)], { encoding: 'utf8' })
    expect(built.stderr).toBe('')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('answers over TCP as mbpoll reads it', async () => {
    const port = await start(program, ['tcp', '127.0.0.1'])
    expect(await readAll(`modbus-tcp://127.0.0.1:${port}`, '', PATHS)).toEqual(EXPECTED)
    const tcp = ['-m', 'tcp', '-p', port, '-a', '1']
    expect(await mbpoll([...tcp, '-t', '4:float', '-r', '100', '-c', '1', '127.0.0.1'])).toEqual([23.4])
    expect(await mbpoll([...tcp, '-t', '4', '-r', '200', '-c', '10', '127.0.0.1'])).toEqual(
      Array.from({ length: 10 }, (_, at) => 1000 + at),
    )
  })

  it('answers over RTU as mbpoll reads it, and tells by function 17 who it is', async () => {
    const pair = await startPtyPair()
    stops.push(() => pair.stop())
    await start(program, ['rtu', pair.far, '1'])
    const line = `modbus-rtu://${pair.near}`
    expect(await readAll(line, QUERY, PATHS)).toEqual(EXPECTED)
    const [finding] = await findingsOf(`${line}/1?${QUERY}`)
    expect(finding?.evidence).toContain('function 17')
    const rtu = ['-m', 'rtu', '-b', '115200', '-P', 'none', '-a', '1']
    expect(await mbpoll([...rtu, '-t', '4', '-r', '200', '-c', '10', pair.near])).toEqual(Array.from({ length: 10 }, (_, at) => 1000 + at))
  })
})
