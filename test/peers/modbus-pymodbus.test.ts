import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/drivers/contract.js'
import { modbusDriver } from '../../src/drivers/modbus/driver.js'
import { readingsOf } from '../../src/readings/batch.js'
import type { Sensor } from '../../src/readings/sensor.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { missingPeer } from './requirement.js'

const PYTHON = '/usr/bin/python3'
const missing = missingPeer('python3-pymodbus', [PYTHON, '-c', 'import pymodbus.server']) ?? missingPeer('mbpoll', ['which', 'mbpoll'])

interface Server extends AsyncDisposable {
  readonly port: number
}

async function startServer(...args: readonly string[]): Promise<Server> {
  const child = spawn(PYTHON, [`${import.meta.dirname}/modbus-pymodbus-server.py`, ...args], { stdio: ['pipe', 'pipe', 'ignore'] })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return {
    port: Number(line),
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit')
      child.stdin.end()
      await exited
    },
  }
}

async function discoverAll(port: number): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for await (const finding of modbusDriver.discover?.(`modbus-tcp://127.0.0.1:${port}`, surroundingsOf()) ?? []) findings.push(finding)
  return findings
}

/** What mbpoll reads, one number a line: `[100]: 	23.4`. */
async function mbpoll(port: number, args: readonly string[]): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('mbpoll', ['-m', 'tcp', '-p', String(port), '-0', '-1', '-q', ...args, '127.0.0.1'])
  return [...stdout.matchAll(/^\[\d+\]:\s+(\S+)/gm)].map((match) => Number(match[1]))
}

async function readAll(
  port: number,
  paths: readonly string[],
): Promise<ReadonlyMap<string, { readonly value: number; readonly text: string | null; readonly quality: number }>> {
  const sensors = paths.map(
    (path): Sensor => ({ key: path, address: `modbus-tcp://127.0.0.1:${port}/${path}`, kind: 'other', unit: null, periodMs: 1000 }),
  )
  await using connection = await modbusDriver.open(sensors, surroundingsOf())
  for await (const batch of connection.measurements()) {
    if (batch.kind === 'batch') return new Map([...readingsOf(batch)].map((reading) => [reading.sensor, reading]))
  }
  return new Map()
}

describe.skipIf(missing)(`the modbus driver and a pymodbus server${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('finds the two units behind the server and reads who they are, whether absent units are refused or silent', async () => {
    for (const args of [[], ['silent']]) {
      await using server = await startServer(...args)
      const findings = await discoverAll(server.port)
      expect(findings.map(({ address }) => address).sort()).toEqual([
        `modbus-tcp://127.0.0.1:${server.port}/12`,
        `modbus-tcp://127.0.0.1:${server.port}/7`,
      ])
      expect(findings[0]?.identity).toEqual({ maker: 'Acme', model: 'PX-7', revision: '2.1' })
    }
  })

  it('reads what pymodbus laid out, and what mbpoll reads', async () => {
    await using server = await startServer()
    const paths = [
      '7/holding/100?as=float32&order=cdab',
      '7/holding/102?as=float32&order=cdab',
      '7/holding/200?as=uint64',
      '7/holding/204?as=int32',
      '7/holding/206?as=float64',
      '7/holding/210?as=string&length=8',
      '7/input/4?as=int16',
      '7/coil/2',
      '7/discrete/8',
    ] as const
    const seen = await readAll(server.port, paths)
    expect([...seen.values()].every(({ quality }) => quality === 0)).toBe(true)
    const [first, second, big, negative, small, text, minus, coil, discrete] = paths.map((path) => seen.get(path))
    expect(big?.text).toBe('9007199254740993')
    expect([negative?.value, small?.value, minus?.value, coil?.value, discrete?.value]).toEqual([-123456, -0.000123, -1, 1, 1])
    expect(text?.text).toBe('PX-7 line 4')
    const [peerFirst = Number.NaN, peerSecond = Number.NaN] = await mbpoll(server.port, [
      '-a',
      '7',
      '-t',
      '4:float',
      '-r',
      '100',
      '-c',
      '2',
    ])
    expect([first?.value, second?.value].map((value) => value?.toPrecision(5))).toEqual(
      [peerFirst, peerSecond].map((value) => value.toPrecision(5)),
    )
    expect(await mbpoll(server.port, ['-a', '7', '-t', '4:int', '-B', '-r', '204', '-c', '1'])).toEqual([negative?.value])
  })

  it('guesses the floats, their order and the text of unit 7, and claims no scale for the plain numbers of unit 12', async () => {
    await using server = await startServer()
    const report = await modbusDriver.probe(`modbus-tcp://127.0.0.1:${server.port}/7`, surroundingsOf())
    const floats = report.points.filter(({ type }) => type === 'float32')
    expect(floats.map(({ order, value }) => [order, value])).toEqual([
      ['cdab', 23.4],
      ['cdab', 1480.25],
      ['cdab', 6.813],
      ['cdab', 81.07],
    ])
    expect(report.points.find(({ type }) => type === 'string')?.value).toBe('PX-7 line 4')
    expect(report.device.facts).toMatchObject({ VendorName: 'Acme', 'readable input': '3–4', 'readable coil': '0–2' })
    const plain = await modbusDriver.probe(`modbus-tcp://127.0.0.1:${server.port}/12`, surroundingsOf())
    for (const point of plain.points.filter(({ type }) => type !== 'boolean')) {
      expect(point).toMatchObject({ type: 'uint16', scale: 1, scaleIs: 'unknown', unit: null })
      expect(point.confidence).toBeLessThanOrEqual(0.9)
      expect(point.evidence).toContain('nothing shows its scale')
    }
  })
})
