import { describe, expect, it } from 'vitest'
import type { ModbusLine, Question } from '../../../src/drivers/modbus/exchange.js'
import { FramedLine } from '../../../src/drivers/modbus/framed-line.js'
import { probeUnit } from '../../../src/drivers/modbus/probe-unit.js'
import { RTU_FRAMING } from '../../../src/drivers/modbus/rtu-frame.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { fakeDevice, putRegisters } from '../../fakes/modbus/device.js'
import { fakeLine } from '../../fakes/modbus-line/fake-line.js'
import { LINE_UNITS } from '../../fakes/modbus-line/units.js'
import { VirtualClock } from '../../fakes/modbus-line/virtual-clock.js'

/** Probes a unit with scattered registers in virtual time, and counts how many questions are out at the same time. */
async function probe(tables: readonly ('holding' | 'input')[]) {
  const clock = new VirtualClock()
  const device = fakeDevice({})
  for (const table of tables) for (let register = 0; register < 1000; register += 7) putRegisters(device[table], register, [register])
  const port = fakeLine(new Map([[1, LINE_UNITS.device(device, 5)]]), { clock, characterMs: 0 })
  // Of a network, which gives less time to a search.
  const target = { host: 'fake', port: 0 }
  const framed = new FramedLine(port, { target, framing: RTU_FRAMING, timing: { characterMs: 0, gapMs: 0, settleMs: 1 }, clock })
  const out = { now: 0, most: 0 }
  const line: ModbusLine = new Proxy<ModbusLine>(framed, {
    get: (_, name) => {
      if (name !== 'ask') return Reflect.get(framed, name, framed) as unknown
      return async (question: Question) => {
        out.most = Math.max(out.most, ++out.now)
        return await framed.ask(question).finally(() => out.now--)
      }
    },
  })
  const report = await clock.drive(probeUnit(line, 1, { ...surroundingsOf(), clock }))
  return { report, tookMs: clock.monotonicMs(), most: out.most }
}

describe('how long a probe takes', () => {
  it('watches what it has found while it looks through the other tables', async () => {
    const holding = await probe(['holding'])
    // A second for a table full of holes, then 1.6 s of watching, beside which the other tables are looked through.
    expect(holding.tookMs).toBeLessThan(3100)
    const both = await probe(['holding', 'input'])
    expect(both.tookMs).toBeLessThan(4300)
    expect(both.report.device.facts['readable input']).toMatch(/^0, 7/)
  })

  it('has one question out at a time all the same', async () => {
    expect((await probe(['holding', 'input'])).most).toBe(1)
  })
})
