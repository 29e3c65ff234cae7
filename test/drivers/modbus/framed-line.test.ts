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
      let unit = pick(options.units)
      for (let round = 0; round < options.count; round++) {
        // Often the same unit again, so that its late answers meet the next question to it.
        unit = random() < 0.5 ? unit : pick(options.units)
        const table = pick(tables)
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

  const ask = (under: Bench, unit: number, from: number, quantity = 1): Promise<Answer> =>
    readSpan(under.line, { unit, timeoutMs: TIMEOUT_MS }, { table: 'holding', from, quantity })

  it('never takes a late answer for that to the next question, and has the right value on the next poll', async () => {
    const delays = [TIMEOUT_MS * 1.8, 5]
    const unit: LineUnit = (request, wire) => {
      const value = registerOf(1, 3, request.pdu.readUInt16BE(1))
      wire.reply(request, Uint8Array.of(request.pdu[0] ?? 0, 2, value >> 8, value & 0xff), delays.shift() ?? 5)
    }
    const under = bench(new Map([[1, unit]]))
    const answers = await under.clock.drive((async () => [await ask(under, 1, 10), await ask(under, 1, 20), await ask(under, 1, 30)])())
    expect(answers[0]?.kind).toBe('silence')
    expect(answers.every((answer, index) => isRight(answer, 1, 'holding', (index + 1) * 10))).toBe(true)
    expect(answers[2]?.kind).toBe('values')
  })

  it('gives the right value again right after garbage, a broken frame or a cut answer', async () => {
    for (const faulty of [LINE_UNITS.badCheck(), LINE_UNITS.short(), LINE_UNITS.wrongUnit()]) {
      let isFirst = true
      const unit: LineUnit = (request, wire) => {
        ;(isFirst ? faulty : LINE_UNITS.fine())(request, wire)
        isFirst = false
      }
      const under = bench(new Map([[1, unit]]))
      const answers = await under.clock.drive((async () => [await ask(under, 1, 10), await ask(under, 1, 20)])())
      expect(answers.map(({ kind }) => kind)).toEqual(['malformed', 'values'])
      expect(isRight(answers[1] as Answer, 1, 'holding', 20)).toBe(true)
    }
  })

  it('says which unit answered instead of the one that was asked', async () => {
    const under = bench(new Map([[4, LINE_UNITS.wrongUnit()]]))
    expect(await under.clock.drive(ask(under, 4, 0))).toEqual({ kind: 'malformed', why: 'unit 104 answered instead' })
  })

  it('reads through an adapter that echoes, whatever register is asked for, and is silent where only the echo comes', async () => {
    const under = bench(new Map([[1, LINE_UNITS.fine()]]), { echo: 'echoes' })
    const registers = Array.from({ length: 300 }, (_, index) => index * 200)
    const answers = await under.clock.drive(
      (async () => {
        const all: Answer[] = []
        for (const register of registers) all.push(await ask(under, 1, register))
        return all
      })(),
    )
    expect(answers.every((answer, index) => answer.kind === 'values' && isRight(answer, 1, 'holding', registers[index] ?? 0))).toBe(true)
    expect(await under.clock.drive(ask(under, 2, 0))).toMatchObject({ kind: 'silence' })
    expect(under.line.faults.echoes).toBe(true)
  })

  it('keeps to the gap: nothing is sent within 3.5 characters of what came before', async () => {
    const under = bench(new Map([[1, LINE_UNITS.fine()]]))
    const { gapMs, characterMs } = timingOf(SETTINGS)
    await under.clock.drive((async () => [await ask(under, 1, 0), await ask(under, 1, 0)])())
    // Two exchanges: request, turnaround, answer of 7 characters; one gap between them.
    expect(under.clock.monotonicMs()).toBeGreaterThanOrEqual(2 * (8 * characterMs + 5 + 7 * characterMs) + gapMs)
  })

  it('reads ASCII in the same way', async () => {
    const under = bench(faulty(), { format: ASCII, seed: 3 })
    const tallies = await readAbout(under, { units: UNITS, count: 3000, seed: 5 })
    expect([...tallies.values()].every(({ wrong }) => wrong === 0)).toBe(true)
    expect(tallies.get(1)?.values).toBeGreaterThan(100)
  })
})
