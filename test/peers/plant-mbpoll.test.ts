import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plantModel } from '../../src/plant/plant-model.js'
import { type Plant, startPlant } from '../../src/plant/start-plant.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { missingPeer } from './requirement.js'

const missing = missingPeer('mbpoll', ['mbpoll', '-V'])
const run = promisify(execFile)

describe.skipIf(missing !== null)(`Debian's mbpoll reads the plant${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let plant: Plant
  beforeAll(async () => {
    const servers = { modbusPort: 0, mqttPort: null, opcuaPort: null, serial: 'off' } as const
    plant = await startPlant({ ...servers, seed: 7, faults: [], plainSensors: { count: 0, rateHz: 1 } }, surroundingsOf())
  })
  afterAll(() => plant[Symbol.asyncDispose]())

  /** Values by PDU address, as mbpoll prints them: `[100]: \t166.8`. */
  async function poll(...args: readonly string[]): Promise<readonly number[]> {
    const { stdout } = await run('mbpoll', ['-m', 'tcp', '-p', String(plant.ports.modbus), '-0', '-1', ...args, '127.0.0.1'])
    return [...stdout.matchAll(/^\[\d+\]:\s+(\S+)/gm)].map(([, value]) => Number(value))
  }

  it('tenths of a degree', async () => {
    const [temperature = 0] = await poll('-a', '1', '-t', '4', '-r', '0')
    expect(temperature / 10).toBeCloseTo(plantModel(7, new Set()).scalar('pump-247/drive-end-temperature', 0) ?? 0, 0)
  })

  it('floats with the low word first, and with the high word first', async () => {
    const model = plantModel(7, new Set())
    const [flow = 0, pressure = 0] = await poll('-a', '1', '-t', '4:float', '-r', '100', '-c', '2')
    expect(Math.abs(flow / (model.scalar('pump-247/flow', 0) ?? 0) - 1)).toBeLessThan(0.1)
    expect(Math.abs(pressure - (model.scalar('pump-247/discharge-pressure', 0) ?? 0))).toBeLessThan(0.5)
    const [voltage, current = 0] = await poll('-a', '2', '-t', '3:float', '-B', '-r', '0', '-c', '2')
    expect(voltage).toBe(398)
    expect(Math.abs(current - (model.scalar('pump-247/motor-current', 0) ?? 0))).toBeLessThan(6)
  })

  it('counters of 32 bits', async () => {
    const [seconds = 0, starts] = await poll('-a', '1', '-t', '4:int', '-B', '-r', '200', '-c', '2')
    expect(seconds).toBeGreaterThanOrEqual(12_873 * 3600)
    expect(starts).toBe(1841)
  })

  it('the running coil', async () => {
    expect(await poll('-a', '1', '-t', '0', '-r', '0')).toEqual([1])
  })

  it('an exception for a hole', async () => {
    const failed: unknown = await poll('-a', '1', '-t', '4', '-r', '50').catch((thrown: unknown) => thrown)
    const said = failed as { stdout?: string; stderr?: string }
    expect(`${said.stdout}${said.stderr}`).toContain('Illegal data address')
  })
})
