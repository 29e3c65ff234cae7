import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sensor } from '../../src/readings/sensor.js'
import { performWrite, prepareWrite } from '../../src/writing/guarded-write.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { missingPeer } from './requirement.js'

const PYTHON = '/usr/bin/python3'
const missing = missingPeer('python3-pymodbus', [PYTHON, '-c', 'import pymodbus.server']) ?? missingPeer('mbpoll', ['which', 'mbpoll'])

describe.skipIf(missing)(`guarded writing to a pymodbus server${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let stateFolder: string
  let port: number
  let stop: () => Promise<unknown>
  beforeAll(async () => {
    stateFolder = await mkdtemp(join(tmpdir(), 'write-peer-'))
    const child = spawn(PYTHON, [`${import.meta.dirname}/modbus-pymodbus-server.py`], { stdio: ['pipe', 'pipe', 'ignore'] })
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    port = Number(line)
    stop = () => {
      const exited = once(child, 'exit')
      child.stdin.end()
      return exited
    }
  })
  afterAll(async () => {
    await stop()
    await rm(stateFolder, { recursive: true })
  })

  async function write(path: string, value: number) {
    const sensor: Sensor = {
      key: `unit-7/${path}`,
      address: `modbus-tcp://127.0.0.1:${port}/7/${path}`,
      kind: 'other',
      unit: null,
      periodMs: 1000,
      writable: true,
      range: { low: -1e6, high: 1e6 },
    }
    const site = { name: 'peer', assets: [], sensors: [sensor] }
    const prepared = await prepareWrite({
      target: sensor.key,
      value,
      site,
      siteFile: 'f',
      who: 'ada',
      around: surroundingsOf({ stateFolder }),
    })
    return performWrite(prepared, { by: 'hash', text: prepared.hash })
  }

  /** What stands there in the eyes of mbpoll. */
  async function mbpoll(...args: readonly string[]): Promise<readonly number[]> {
    const { stdout } = await promisify(execFile)('mbpoll', [
      '-m',
      'tcp',
      '-p',
      String(port),
      '-0',
      '-1',
      '-q',
      '-a',
      '7',
      ...args,
      '127.0.0.1',
    ])
    return [...stdout.matchAll(/^\[\d+\]:\s+(\S+)/gm)].map((match) => Number(match[1]))
  }

  it('floats, integers and coils stand there afterwards as mbpoll reads them, and the journal says the same', async () => {
    const floats = await write('holding/100?as=float32&order=cdab', 42.5)
    expect(floats).toMatchObject({ readBack: 42.5 })
    expect(floats.draft.old).toBeCloseTo(23.4, 5)
    expect((await mbpoll('-t', '4:float', '-r', '100'))[0]).toBe(42.5)
    const whole = await write('holding/204?as=int32', -654_321)
    expect(whole.draft.old).toBe(-123_456)
    expect(await mbpoll('-t', '4:int', '-B', '-r', '204')).toEqual([-654_321])
    await write('coil/1', 1)
    expect(await mbpoll('-t', '0', '-r', '0', '-c', '3')).toEqual([1, 1, 1])
    const journal = (await readFile(join(stateFolder, 'writes.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; value: number; readBack?: number })
    expect(journal.map(({ event, value, readBack }) => [event, value, readBack])).toEqual(
      [42.5, -654_321, 1].flatMap((value) => [
        ['begins', value, undefined],
        ['written', value, value],
      ]),
    )
  })
})
