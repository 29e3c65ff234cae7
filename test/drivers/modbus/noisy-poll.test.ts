import { describe, expect, it } from 'vitest'
import { CarefulLine } from '../../../src/drivers/modbus/careful-line.js'
import { framingOf } from '../../../src/drivers/modbus/connect-line.js'
import { FramedLine } from '../../../src/drivers/modbus/framed-line.js'
import { timingOf } from '../../../src/drivers/modbus/line-timing.js'
import type { Medium } from '../../../src/drivers/modbus/medium.js'
import { pollSensors } from '../../../src/drivers/modbus/poll.js'
import { QUALITY } from '../../../src/readings/quality.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { fakeLine } from '../../fakes/modbus-line/fake-line.js'
import { LINE_UNITS, registerOf } from '../../fakes/modbus-line/units.js'
import { VirtualClock } from '../../fakes/modbus-line/virtual-clock.js'
import { ASCII, RTU } from '../../fakes/modbus-line/wire-format.js'

const SETTINGS = { baudRate: 19_200, parity: 'none', stopBits: 1, dataBits: 8 } as const
const PERIOD_MS = 5000

/** Polls 125 neighbouring registers again and again: what share was good, whether any was wrong, and the longest request of the last poll. */
async function poll(scheme: 'modbus-rtu' | 'modbus-ascii', options: { bitErrorRate: number; polls: number; skip: number }) {
  const clock = new VirtualClock()
  const medium: Medium = { scheme, settings: SETTINGS }
  const target = { host: 'fake', port: 0, medium }
  const timing = timingOf(SETTINGS)
  const format = scheme === 'modbus-rtu' ? RTU : ASCII
  const port = fakeLine(new Map([[1, LINE_UNITS.fine()]]), {
    clock,
    characterMs: timing.characterMs,
    format,
    seed: 21,
    bitErrorRate: options.bitErrorRate,
  })
  const framing = framingOf(target)
  const line = new CarefulLine(new FramedLine(port, { target, framing, timing, clock }), framing)
  const sensors = Array.from(
    { length: 125 },
    (_, index): Sensor => ({
      key: `register-${index}`,
      address: `modbus-rtu:///dev/ttyFake/1/holding/${index}`,
      kind: 'other',
      unit: null,
      periodMs: PERIOD_MS,
    }),
  )
  const tally = { good: 0, wrong: 0, all: 0, longest: 0 }
  const ended = new AbortController()
  const around = { ...surroundingsOf({ timeoutMs: 300 }), clock }
  await clock.drive(
    (async () => {
      let round = 0
      for await (const batch of pollSensors(line, sensors, around, ended.signal)) {
        if (batch.kind !== 'batch') continue
        if (round++ >= options.skip)
          batch.value.forEach((value, row) => {
            const isGood = batch.quality[row] === QUALITY.good
            tally.all++
            tally.good += Number(isGood)
            tally.wrong += Number(isGood && value !== registerOf(1, 3, batch.sensor[row] ?? -1))
          })
        if (round === options.polls) break
      }
    })(),
  )
  tally.longest = Math.max(...port.requests.slice(-3).map(({ pdu }) => pdu.readUInt16BE(3)))
  return { ...tally, share: tally.good / tally.all }
}

describe('polling 125 registers over a noisy line', () => {
  it('asks for all of them at once where the line is clean', async () => {
    const clean = await poll('modbus-rtu', { bitErrorRate: 0, polls: 5, skip: 0 })
    expect(clean).toMatchObject({ share: 1, wrong: 0, longest: 125 })
  })

  it('at a bit error rate of 1e-4 has at least 95 % of the values good and none wrong, from the first poll on', async () => {
    const noisy = await poll('modbus-rtu', { bitErrorRate: 1e-4, polls: 300, skip: 0 })
    expect(noisy.share).toBeGreaterThan(0.95)
    expect(noisy.wrong).toBe(0)
    expect(noisy.longest).toBeLessThan(125)
  })

  it('in ASCII too, once it knows the line', async () => {
    const noisy = await poll('modbus-ascii', { bitErrorRate: 1e-4, polls: 150, skip: 10 })
    expect(noisy.wrong).toBe(0)
    expect(noisy.share).toBeGreaterThan(0.95)
  })

  it('at 1e-3, where no whole answer would come through, shrinks its requests until most of them do', async () => {
    const bad = await poll('modbus-rtu', { bitErrorRate: 1e-3, polls: 150, skip: 20 })
    expect(bad.longest).toBeLessThan(20)
    expect(bad.wrong).toBe(0)
    expect(bad.share).toBeGreaterThan(0.7)
  })
})
