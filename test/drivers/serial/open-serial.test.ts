import { spawnSync } from 'node:child_process'
import { readdirSync, readlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runLine } from '../../../src/acquisition/line.js'
import { readOnce } from '../../../src/acquisition/read-once.js'
import { serialDriver } from '../../../src/drivers/serial/driver.js'
import { openSerial } from '../../../src/drivers/serial/open.js'
import { readingsOf } from '../../../src/readings/batch.js'
import type { Freight } from '../../../src/readings/measurement.js'
import { qualityOf } from '../../../src/readings/quality.js'
import { type Sensor, unnamedSensor } from '../../../src/readings/sensor.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { type FarInstrument, pluggablePort, startInstrument } from './far-instrument.js'

const hasSocat = spawnSync('socat', ['-V']).status === 0

/** The readings of a while, as `value|text quality`. */
async function collect(sensors: readonly Sensor[], count: number, given = {}): Promise<string[]> {
  const seen: string[] = []
  await using connection = await openSerial(sensors, surroundingsOf(given))
  for await (const measurement of connection.measurements()) {
    if (measurement.kind !== 'batch') continue
    for (const { value, text, quality } of readingsOf(measurement)) {
      const { level, reason } = qualityOf(quality)
      seen.push(`${Number.isNaN(value) ? (text ?? '') : value} ${reason ?? level}`)
    }
    if (seen.length >= count) break
  }
  return seen.slice(0, count)
}

describe('a raw serial device', () => {
  let far: FarInstrument
  beforeEach(async () => {
    far = await startInstrument({
      answers: (line) =>
        ({
          'MEAS?': '+1.250E+01\r\n',
          'VOLT?': 'VOLT 230.1 V\r\n',
          'OVER?': '9.9E37\r\n',
          ECHO: 'ECHO\r\n7\r\n',
          '*IDN?': 'Acme,M1,0815,2.0\n',
          WORD: 'RUN\r\n',
        })[line] ?? null,
    })
  })
  afterEach(() => far.stop())
  const ask = (send: string, more = ''): Sensor => ({ ...unnamedSensor(`serial://${far.path}?send=${send}%0A${more}`), periodMs: 50 })

  it('is sent nothing where no address has a question', async () => {
    const sensor = unnamedSensor(`serial://${far.path}?key=FLOW`)
    await using connection = await openSerial([sensor], surroundingsOf())
    const first = connection.measurements()[Symbol.asyncIterator]().next()
    await new Promise((resolve) => setTimeout(resolve, 150))
    far.say('FLOW 1 m3/h\r\n')
    expect((await first).done).toBe(false)
    expect(far.heard()).toBe('')
  })

  it('is probed without being sent anything', async () => {
    const timer = setInterval(() => far.say('T=21.5C H=40%\r\n'), 50)
    const report = await serialDriver.probe(`serial://${far.path}`, surroundingsOf())
    clearInterval(timer)
    expect(report.points.map(({ name, value, unit }) => [name, value, unit])).toEqual([
      ['T', 21.5, '°C'],
      ['H', 40, '%'],
    ])
    expect(far.heard()).toBe('')
  })

  it('is asked, and the first number of its answer is the value', async () => {
    expect(await collect([ask('MEAS?')], 3)).toEqual(['12.5 good', '12.5 good', '12.5 good'])
  })

  it('gives the value where the expected answer names it, in the unit that is wanted', async () => {
    const sensor = { ...ask('VOLT?', '&expect=VOLT%20(?<value>[0-9.]%2B)%20(?<unit>%5CS%2B)'), unit: 'mV' }
    expect(await collect([sensor], 1)).toEqual(['230100 good'])
  })

  it('says that it has no value where it reports an overload', async () => {
    expect(await collect([ask('OVER?')], 1)).toEqual(['the device reports an overload (9.9E37) device-fault'])
  })

  it('may repeat what it was sent: that is not the answer', async () => {
    expect(await collect([ask('ECHO')], 2)).toEqual(['7 good', '7 good'])
  })

  it('gives words where they are asked for, and refuses them as numbers', async () => {
    const text = await collect([{ ...ask('WORD', '&as=text') }], 1)
    const number = await collect([{ ...ask('WORD') }], 1)
    expect([text, number]).toEqual([['RUN good'], [`'RUN' is no number undecodable`]])
  })

  it('is bad once a period while it keeps silent, and good again at the next question', async () => {
    let isMute = true
    far.stop()
    far = await startInstrument({ answers: () => (isMute ? null : '5\r\n') })
    const readings = collect([ask('MEAS?')], 4, { timeoutMs: 60 })
    setTimeout(() => (isMute = false), 200)
    const seen = await readings
    expect(seen[0]).toBe('no answer no-response')
    expect(seen.at(-1)).toBe('5 good')
  })

  it('keeps the time of the questions that it answers beside one that it does not', async () => {
    const sensors = [ask('MEAS?'), ask('NOBODY?')]
    const counts = { good: 0, missed: 0 }
    const startedMs = performance.now()
    await using connection = await openSerial(sensors, surroundingsOf({ timeoutMs: 100 }))
    for await (const measurement of connection.measurements()) {
      if (measurement.kind !== 'batch') continue
      for (const { quality } of readingsOf(measurement)) counts[quality === 0 ? 'good' : 'missed']++
      if (performance.now() - startedMs > 2500) break
    }
    // 48 periods; one silence of 0.1 s, and as long again, at 0, 0.3, 0.8 and 1.7 s.
    expect(counts.good).toBeGreaterThan(25)
    expect(counts.missed).toBeGreaterThan(25)
  })

  it('never takes a late answer for that of the next question', async () => {
    far.stop()
    let asked = 0
    far = await startInstrument({
      answers: (line) => {
        // The first answer comes after its question was given up.
        const number = line.slice(1)
        const late = asked++ === 0 ? 90 : 0
        setTimeout(() => far.say(`${number}\r\n`), late)
        return null
      },
    })
    const sensors = ['1', '2', '3'].map((number) => ask(`Q${number}`))
    const keys = new Map(sensors.map(({ key }, index) => [key, index + 1]))
    await using connection = await openSerial(sensors, surroundingsOf({ timeoutMs: 60 }))
    const good: (readonly [number, number])[] = []
    for await (const measurement of connection.measurements()) {
      if (measurement.kind !== 'batch') continue
      for (const reading of readingsOf(measurement)) if (reading.quality === 0) good.push([keys.get(reading.sensor) ?? 0, reading.value])
      if (good.length >= 6) break
    }
    expect(
      good.every(([expected, value]) => expected === value),
      JSON.stringify(good),
    ).toBe(true)
  })

  it('says who it is to *IDN?', async () => {
    const { device } = await serialDriver.probe(`serial://${far.path}?send=*IDN?\\n`, surroundingsOf())
    expect(device.identity).toEqual({ maker: 'Acme', model: 'M1', revision: '2.0' })
    expect(device.facts['serial number']).toBe('0815')
  })

  it('is named by the program that reads it once', async () => {
    const [answer] = await readOnce([ask('MEAS?')], { around: surroundingsOf(), waitMs: 2000 })
    expect(answer).toMatchObject({ value: 12.5, quality: 0, fault: null })
  })

  it('tells when its messages hold nothing of what is wanted', async () => {
    const timer = setInterval(() => far.say('PRESSURE 3 bar\r\n'), 50)
    const [answer] = await readOnce([unnamedSensor(`serial://${far.path}?baud=9600&key=FLOW`)], { around: surroundingsOf(), waitMs: 8000 })
    clearInterval(timer)
    expect(answer?.fault?.code).toBe('NO_DATA')
    expect(answer?.fault?.facts.because).toContain('PRESSURE 3 bar')
  }, 15_000)
})

describe('an adapter that is unplugged', () => {
  it('is a broken line, is read again within 5 s of being plugged in, and leaves no descriptor', async ({ skip }) => {
    if (!hasSocat) return skip('socat is not installed')
    const port = pluggablePort('while true; do echo FLOW 12.5 m3/h; sleep 0.05; done')
    await port.plugIn()
    const ended = new AbortController()
    const freight: Freight[] = []
    const sensor = unnamedSensor(`serial://${port.link}?key=FLOW`)
    const isRead = (): boolean => freight.at(-1)?.kind === 'batch'
    const line = { name: 'serial', sensors: [sensor], driver: serialDriver }
    const running = runLine({
      line,
      around: surroundingsOf({ signal: ended.signal }),
      deliver: async (each) => void freight.push(each),
      onState: () => {},
    })
    await expect.poll(isRead, { timeout: 4000 }).toBe(true)
    const before = openPorts()
    await port.unplug()
    await expect.poll(() => freight.some((each) => each.kind === 'event' && each.severity === 'fault'), { timeout: 4000 }).toBe(true)
    // Long enough for several attempts in vain.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const count = freight.length
    await port.plugIn()
    await expect.poll(() => freight.length > count && isRead(), { timeout: 5000 }).toBe(true)
    expect(freight.filter(({ kind }) => kind === 'gap')).toHaveLength(1)
    expect(openPorts()).toBe(before)
    ended.abort()
    await running
    await port.stop()
    expect(openPorts()).toBe(before - 1)
  }, 20_000)
})

function openPorts(): number {
  const targets = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return ''
    }
  })
  return targets.filter((target) => target.startsWith('/dev/pts/')).length
}
