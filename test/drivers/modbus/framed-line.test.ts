import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { ASCII_FRAMING } from '../../../src/drivers/modbus/ascii-frame.js'
import { FramedLine } from '../../../src/drivers/modbus/framed-line.js'
import { timingOf } from '../../../src/drivers/modbus/line-timing.js'
import type { Medium } from '../../../src/drivers/modbus/medium.js'
import { type Answer, readSpan } from '../../../src/drivers/modbus/read-span.js'
import { TABLES, type Table } from '../../../src/drivers/modbus/register-type.js'
import { RTU_FRAMING } from '../../../src/drivers/modbus/rtu-frame.js'
import { type FakeLine, type FakeLineOptions, fakeLine, type LineUnit } from '../../fakes/modbus-line/fake-line.js'
import { randomOf } from '../../fakes/modbus-line/noise.js'
import { LINE_UNITS, registerOf } from '../../fakes/modbus-line/units.js'
import { VirtualClock } from '../../fakes/modbus-line/virtual-clock.js'
import { ASCII } from '../../fakes/modbus-line/wire-format.js'

const SETTINGS = { baudRate: 9600, parity: 'none', stopBits: 1, dataBits: 8 } as const
const TIMEOUT_MS = 60

interface Bench {
  readonly clock: VirtualClock
  readonly port: FakeLine
  readonly line: FramedLine
}

function bench(units: ReadonlyMap<number, LineUnit>, options: Partial<FakeLineOptions> = {}): Bench {
  const clock = new VirtualClock()
  const timing = timingOf(SETTINGS)
  const port = fakeLine(units, { clock, characterMs: timing.characterMs, ...options })
  const isAscii = options.format === ASCII
  const medium: Medium = { scheme: isAscii ? 'modbus-ascii' : 'modbus-rtu', settings: SETTINGS }
  const framing = isAscii ? ASCII_FRAMING : RTU_FRAMING
  return { clock, port, line: new FramedLine(port, { target: { host: 'fake', port: 0, medium }, framing, timing, clock }) }
}

/** Right where every value is the one that this unit, table and address has. */
function isRight(answer: Answer, unit: number, table: Table, from: number): boolean {
  if (answer.kind !== 'values') return true
  const { read } = TABLES[table]
  const mask = read <= 2 ? 1 : 0xffff
  return answer.values.every((value, index) => value === (registerOf(unit, read, from + index) & mask))
}

interface Tally {
  values: number
  wrong: number
  others: number
}

/** Reads here and there on one line, `count` times. */
async function readAbout(
  { clock, line }: Bench,
  options: { units: readonly number[]; count: number; seed: number; tables?: readonly Table[] },
) {
  const random = randomOf(options.seed)
  const tables = options.tables ?? (['holding', 'input', 'holding', 'coil'] as const)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const tallies = new Map(options.units.map((unit): [number, Tally] => [unit, { values: 0, wrong: 0, others: 0 }]))
  await clock.drive(
    (async () => {
      for (let round = 0; round < options.count; round++) {
        const [unit, table] = [pick(options.units), pick(tables)]
        const span = { table, from: Math.floor(random() * 40), quantity: 1 + Math.floor(random() * 3) }
        const answer = await readSpan(line, { unit, timeoutMs: TIMEOUT_MS }, span)
        const tally = tallies.get(unit)
        if (!tally) continue
        if (answer.kind === 'values') tally.values++
        else tally.others++
        if (!isRight(answer, unit, table, span.from)) tally.wrong++
      }
    })(),
  )
  return tallies
}

const faulty = (): ReadonlyMap<number, LineUnit> =>
  new Map<number, LineUnit>([
    [1, LINE_UNITS.fine()],
    [2, LINE_UNITS.short()],
    [3, LINE_UNITS.badCheck()],
    [4, LINE_UNITS.wrongUnit()],
    [5, LINE_UNITS.exception(4)],
    [6, LINE_UNITS.silent()],
    [7, LINE_UNITS.late(TIMEOUT_MS)],
    [8, LINE_UNITS.dirty()],
    [9, LINE_UNITS.moody(TIMEOUT_MS, 'keeps')],
    [10, LINE_UNITS.moody(TIMEOUT_MS, 'is-deaf')],
  ])
const UNITS = [...faulty().keys()]
/** The bar is a million; the suite reads a tenth of that, LINE_READS=1000000 all of it. */
const READS = Number(process.env['LINE_READS'] ?? 100_000)

describe('a line without transaction ids', () => {
  it('never gives a wrong value, whatever units and noise do to it', { timeout: 600_000 }, async () => {
    for (const bitErrorRate of [0, 1e-4, 1e-3]) {
      const under = bench(faulty(), { bitErrorRate, seed: 7 })
      const tallies = await readAbout(under, { units: UNITS, count: Math.ceil(READS / 3), seed: 11 })
      const wrong = [...tallies].filter(([, tally]) => tally.wrong > 0).map(([unit]) => unit)
      expect(wrong, `units with wrong values at ${bitErrorRate}`).toEqual([])
      for (const unit of [2, 3, 4, 5, 6]) expect(tallies.get(unit)?.values, `values of unit ${unit}`).toBe(0)
      for (const unit of [1, 8, 9, 10]) expect(tallies.get(unit)?.values, `values of unit ${unit}`).toBeGreaterThan(0)
      if (process.env['LINE_READS']) process.stdout.write(`bit errors ${bitErrorRate}: ${JSON.stringify([...tallies])}\n`)
    }
  })
})
