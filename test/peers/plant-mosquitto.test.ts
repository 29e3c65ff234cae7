import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Plant, startPlant } from '../../src/plant/start-plant.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { missingPeer } from './requirement.js'

const missing = missingPeer('mosquitto-clients', ['which', 'mosquitto_sub', 'mosquitto_pub'])
const run = promisify(execFile)

describe.skipIf(missing !== null)(
  `Debian's mosquitto clients and the plant's broker${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let plant: Plant
    beforeAll(async () => {
      const servers = { modbusPort: null, mqttPort: 0, opcuaPort: null, serial: 'off' } as const
      plant = await startPlant({ ...servers, seed: 7, faults: [], plainSensors: { count: 0, rateHz: 1 } }, surroundingsOf())
    })
    afterAll(() => plant[Symbol.asyncDispose]())

    const broker = (): readonly string[] => ['-h', '127.0.0.1', '-p', String(plant.ports.mqtt)]

    it('hear readings with unit and time', async () => {
      const { stdout } = await run('mosquitto_sub', [...broker(), '-t', 'plant/pump-247/flow', '-C', '2', '-W', '10'])
      const readings = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { value: number; unit: string; time: string })
      expect(readings.map(({ unit }) => unit)).toEqual(['m³/h', 'm³/h'])
      const [first, second] = readings.map(({ time }) => Date.parse(time))
      expect((second ?? 0) - (first ?? 0)).toBe(500)
    })

    it('hear whole waveform blocks', async () => {
      const { stdout } = await run(
        'mosquitto_sub',
        [...broker(), '-t', 'plant/pump-247/drive-end-acceleration/waveform', '-C', '1', '-W', '10', '-N'],
        { encoding: 'buffer', maxBuffer: 1e6 },
      )
      expect(stdout.subarray(0, 4).toString()).toBe('CFWV')
      expect(stdout.length).toBeGreaterThan(25_600 * 4)
    })

    it('hear a Sparkplug birth within the time that a listener waits', async () => {
      const { stdout } = await run('mosquitto_sub', [...broker(), '-t', 'spBv1.0/plant/NBIRTH/#', '-C', '1', '-W', '10', '-F', '%t'])
      expect(stdout.trim()).toBe('spBv1.0/plant/NBIRTH/gateway-1')
    })

    it('reach each other through it', async () => {
      const heard = run('mosquitto_sub', [...broker(), '-t', 'bench/echo', '-C', '1', '-W', '10'])
      const knock = setInterval(() => void run('mosquitto_pub', [...broker(), '-t', 'bench/echo', '-m', 'hello']).catch(() => {}), 200)
      try {
        expect((await heard).stdout.trim()).toBe('hello')
      } finally {
        clearInterval(knock)
      }
    })
  },
)
