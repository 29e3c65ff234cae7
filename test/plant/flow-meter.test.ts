import { closeSync, constants, openSync } from 'node:fs'
import { ReadStream } from 'node:tty'
import { describe, expect, it } from 'vitest'
import { startPlant } from '../../src/plant/start-plant.js'
import { surroundingsOf } from '../conformance/surroundings.js'

describe('the serial flow meter', () => {
  it('sends a line each second and answers MEAS? and *IDN?, or is left out where there are no pseudo-terminals', async ({ skip }) => {
    const notes: string[] = []
    const around = surroundingsOf({ log: { note: (text) => notes.push(text), warn: () => {} } })
    const off = { modbusPort: null, mqttPort: null, opcuaPort: null, seed: 7, faults: [], plainSensors: { count: 0, rateHz: 1 } }
    await using plant = await startPlant({ ...off, serial: 'on' }, around)
    const path = /^serial:\/\/([^?]+)/.exec(plant.addresses.serial ?? '')?.[1]
    if (path === undefined) {
      expect(notes.join()).toContain('no serial flow meter')
      return skip('no pseudo-terminals here')
    }
    const descriptor = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
    const line = new ReadStream(descriptor) as ReadStream & NodeJS.WritableStream
    let heard = ''
    line.on('data', (bytes: Buffer) => {
      heard += bytes.toString()
    })
    line.on('error', () => {})
    line.write('*IDN?\r\n')
    await expect.poll(() => heard, { timeout: 5000 }).toContain('Flow Meter FM-1')
    line.write('MEAS?\r\n')
    await expect.poll(() => [...heard.matchAll(/^FLOW \d+\.\d\d m3\/h\r?$/gm)].length, { timeout: 5000 }).toBeGreaterThanOrEqual(3)
    line.destroy()
    await new Promise((resolve) => line.once('close', resolve))
    try {
      closeSync(descriptor)
    } catch {
      // The stream may have closed it already.
    }
  })
})
