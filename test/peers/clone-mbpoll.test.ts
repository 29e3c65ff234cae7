import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeviceClone } from '../../src/clone/device-clone.js'
import { type ServedClones, serveClones } from '../../src/clone/serve-clones.js'
import { encodeRegisters } from '../fakes/modbus/encode-registers.js'
import { missingPeer } from './requirement.js'

const missing = missingPeer('mbpoll', ['mbpoll', '-V'])
const run = promisify(execFile)

const AREA = { refusal: 2, lookedAt: { from: 0, to: 99 }, exceptions: new Map<number, number>(), maxBlock: null }
const METER: DeviceClone = {
  unit: 7,
  identity: { objects: null, serverId: null },
  tables: {
    holding: { ...AREA, ranges: [{ from: 10, values: [...encodeRegisters(49.98, 'float32'), ...encodeRegisters(-1234, 'int32'), 612] }] },
    coil: { ...AREA, ranges: [{ from: 3, values: [1, 0, 1, 1] }] },
  },
  types: [],
}

describe.skipIf(missing !== null)(`Debian's mbpoll reads a clone${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let served: ServedClones
  beforeAll(async () => {
    served = await serveClones([METER], 0)
  })
  afterAll(() => served[Symbol.asyncDispose]())

  async function poll(...args: readonly string[]): Promise<readonly number[]> {
    const { stdout } = await run('mbpoll', ['-m', 'tcp', '-p', String(served.port), '-a', '7', '-0', '-1', ...args, '127.0.0.1'])
    return [...stdout.matchAll(/^\[\d+\]:\s+(\S+)/gm)].map(([, value]) => Number(value))
  }

  it('floats, integers and bits as they were captured', async () => {
    expect((await poll('-t', '4:float', '-B', '-r', '10'))[0]).toBeCloseTo(49.98, 3)
    expect(await poll('-t', '4:int', '-B', '-r', '12')).toEqual([-1234])
    expect(await poll('-t', '4', '-r', '14')).toEqual([612])
    expect(await poll('-t', '0', '-r', '3', '-c', '4')).toEqual([1, 0, 1, 1])
  })

  it('an exception for a hole', async () => {
    const failed: unknown = await poll('-t', '4', '-r', '50').catch((thrown: unknown) => thrown)
    expect(`${(failed as { stdout?: string }).stdout}${(failed as { stderr?: string }).stderr}`).toContain('Illegal data address')
  })
})
