import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { serialDriver } from '../../src/drivers/serial/driver.js'
import { readNmea } from '../../src/drivers/serial/nmea.js'
import { nmeaValuesOf } from '../../src/drivers/serial/nmea-values.js'
import { openSerial } from '../../src/drivers/serial/open.js'
import { readingsOf } from '../../src/readings/batch.js'
import { unnamedSensor } from '../../src/readings/sensor.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { missingPeer } from './requirement.js'

const PYTHON = '/usr/bin/python3'
const noNmea = missingPeer('python3-nmea2', [PYTHON, '-c', 'import pynmea2'])
const noSerial = missingPeer('python3-serial', [PYTHON, '-c', 'import serial']) ?? missingPeer('socat', ['socat', '-V'])

interface Pair extends AsyncDisposable {
  readonly ours: string
  readonly theirs: string
}

/** Two ports with a cable between them. */
async function cable(): Promise<Pair> {
  const folder = mkdtempSync('/dev/shm/chatterfix-cable-')
  const [ours, theirs] = [`${folder}/ours`, `${folder}/theirs`]
  const child = spawn('socat', [`pty,raw,echo=0,link=${ours}`, `pty,raw,echo=0,link=${theirs}`], { stdio: 'ignore' })
  await expect.poll(() => existsSync(ours) && existsSync(theirs), { timeout: 5000 }).toBe(true)
  return {
    ours,
    theirs,
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit')
      child.kill()
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** pyserial has the port open until disposal. */
async function pyserial(port: string): Promise<AsyncDisposable & { readonly pid: number }> {
  const child = spawn(PYTHON, [`${import.meta.dirname}/serial-pyserial-instrument.py`, port], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(createInterface(child.stdout), 'line')
  return {
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit')
      child.stdin.end()
      await exited
    },
  }
}

describe.skipIf(noNmea !== null)(`NMEA 0183 against pynmea2${noNmea === null ? '' : `: ${noNmea}`}`, () => {
  it('reads in 1,800 sentences what pynmea2 reads in them', async () => {
    const { stdout } = await promisify(execFile)(PYTHON, [`${import.meta.dirname}/serial-nmea2-sentences.py`, '3', '200'], {
      maxBuffer: 1e8,
    })
    const rows = stdout.trim().split('\n')
    expect(rows).toHaveLength(1800)
    for (const row of rows) {
      const { line, values } = JSON.parse(row) as { line: string; values: Readonly<Record<string, number>> }
      const reading = readNmea(line)
      if (reading.kind !== 'sentence') return expect.fail(`${line} is ${reading.kind}`)
      expect(reading.sentence.check).toBe('right')
      const ours = new Map(nmeaValuesOf(reading.sentence).map(({ field, value }) => [field, value]))
      for (const [field, value] of Object.entries(values)) expect(ours.get(field), `${field} of ${line}`).toBeCloseTo(value, 8)
    }
  })
})

describe.skipIf(noSerial !== null)(`a serial line against pyserial${noSerial === null ? '' : `: ${noSerial}`}`, () => {
  it('asks an instrument 300 times and gets its answers in order', async () => {
    await using pair = await cable()
    await using instrument = await pyserial(pair.theirs)
    expect(instrument.pid).toBeGreaterThan(0)
    const sensor = { ...unnamedSensor(`serial://${pair.ours}?send=MEAS?%0A`), periodMs: 10 }
    const values: number[] = []
    await using connection = await openSerial([sensor], surroundingsOf())
    for await (const measurement of connection.measurements()) {
      if (measurement.kind === 'batch')
        for (const { value, quality } of readingsOf(measurement)) values.push(quality === 0 ? value : Number.NaN)
      if (values.length >= 300) break
    }
    expect(values.slice(0, 300)).toEqual(Array.from({ length: 300 }, (_, index) => (index + 1) * 0.5))
  })

  it('says who an instrument is', async () => {
    await using pair = await cable()
    await using instrument = await pyserial(pair.theirs)
    expect(instrument.pid).toBeGreaterThan(0)
    const { device } = await serialDriver.probe(`serial://${pair.ours}?send=*IDN?\\n`, surroundingsOf())
    expect(device.identity).toEqual({ maker: 'Acme Instruments', model: 'M-1', revision: '2.0' })
  })

  it('is told who has a port, by discovery and by opening, and pyserial is kept out of ours', async () => {
    await using pair = await cable()
    const address = `serial://${pair.theirs}?key=FLOW`
    {
      await using instrument = await pyserial(pair.theirs)
      for await (const finding of serialDriver.discover?.(`serial://${pair.theirs}`, surroundingsOf()) ?? []) {
        expect(finding.access).toBe('in-use')
        expect(finding.evidence).toContain(`process ${instrument.pid}`)
      }
      const fault = await openSerial([unnamedSensor(address)], surroundingsOf()).catch((thrown: unknown) => thrown)
      expect(fault).toMatchObject({ code: 'PORT_IN_USE', retry: true, facts: { advice: { remedy: `kill ${instrument.pid}` } } })
    }
    await using connection = await openSerial([unnamedSensor(address)], surroundingsOf())
    expect(connection).toBeDefined()
    const script = `import serial; serial.Serial('${pair.theirs}', exclusive=True)`
    await expect(promisify(execFile)(PYTHON, ['-c', script])).rejects.toThrow(/exclusively lock|Resource temporarily unavailable/)
  })
})
