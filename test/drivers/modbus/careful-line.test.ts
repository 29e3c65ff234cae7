import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { ASCII_FRAMING } from '../../../src/drivers/modbus/ascii-frame.js'
import { CarefulLine } from '../../../src/drivers/modbus/careful-line.js'
import type { Framing } from '../../../src/drivers/modbus/framing.js'
import { type Answer, readSpan } from '../../../src/drivers/modbus/read-span.js'
import { encodeRtu, RTU_FRAMING } from '../../../src/drivers/modbus/rtu-frame.js'
import type { LineUnit } from '../../fakes/modbus-line/fake-line.js'
import { randomOf } from '../../fakes/modbus-line/noise.js'
import { type NoisyExchangeOptions, noisyExchange } from '../../fakes/modbus-line/noisy-exchange.js'
import { registerOf } from '../../fakes/modbus-line/units.js'
import { ASCII, RTU } from '../../fakes/modbus-line/wire-format.js'

const MODES = { RTU: { framing: RTU_FRAMING, format: RTU }, ASCII: { framing: ASCII_FRAMING, format: ASCII } } as const
/** The bar is a million; the suite reads a part of that, LINE_READS=1000000 all of it. */
const READS = Number(process.env['LINE_READS'] ?? 20_000)
const LONG = 125

function noisyLine(framing: Framing, options: Omit<NoisyExchangeOptions, 'framing'>) {
  const bare = noisyExchange({ framing, ...options })
  return { bare, line: new CarefulLine(bare, framing) }
}

const isWrong = (answer: Answer, from: number): boolean =>
  answer.kind === 'values' && answer.values.some((value, index) => value !== registerOf(1, 3, from + index))

type Reader = Parameters<typeof readSpan>[0]

async function tally(line: Pick<Reader, 'ask'>, spans: { count: number; quantity: () => number }) {
  const counts = { values: 0, wrong: 0, other: 0 }
  for (let read = 0; read < spans.count; read++) {
    const from = (read % 7) * 11
    const answer = await readSpan(line as Reader, { unit: 1, timeoutMs: 100 }, { table: 'holding', from, quantity: spans.quantity() })
    if (answer.kind === 'values') counts.values++
    else counts.other++
    if (isWrong(answer, from)) counts.wrong++
  }
  return counts
}

/** What no check can notice: other values, with the check that belongs to them. */
const withFittingCheck =
  (share: number): NonNullable<NoisyExchangeOptions['spoil']> =>
  (frame, random) => {
    if (random() >= share || frame.length < 7) return frame
    const pdu = Uint8Array.from(frame.subarray(1, -2))
    pdu[2] = Math.floor(random() * 256)
    pdu[3] = Math.floor(random() * 256)
    return encodeRtu(frame[0] ?? 0, pdu)
  }

describe('a careful line', () => {
  for (const [mode, { framing, format }] of Object.entries(MODES)) {
    for (const bitErrorRate of [1e-5, 1e-4, 3e-4, 1e-3]) {
      it(`gives no wrong value in ${mode} at a bit error rate of ${bitErrorRate}, however long the answers`, {
        timeout: 600_000,
      }, async () => {
        const { line } = noisyLine(framing, { format, seed: 41, bitErrorRate })
        const long = await tally(line, { count: READS / 4, quantity: () => LONG })
        const short = await tally(line, { count: READS / 4, quantity: () => 2 })
        const fitting = await tally(line, { count: READS / 2, quantity: () => line.damage.mostValues(1, 'holding', 12) })
        expect([long.wrong, short.wrong, fitting.wrong]).toEqual([0, 0, 0])
        expect(short.values / (READS / 4)).toBeGreaterThan(bitErrorRate < 1e-3 ? 0.9 : 0.7)
        if (process.env['LINE_READS'])
          process.stdout.write(
            `${mode} at ${bitErrorRate}: ${JSON.stringify({ long, short, fitting, block: line.damage.mostValues(1, 'holding', 12) })}\n`,
          )
      })
    }
  }

  it('would give wrong values in ASCII if one answer were enough: the sum lets through what the second answer does not', async () => {
    const bare = noisyExchange({ ...MODES.ASCII, seed: 5, bitErrorRate: 1e-3 })
    expect((await tally(bare, { count: 40_000, quantity: () => 10 })).wrong).toBeGreaterThan(0)
    const { line } = noisyLine(ASCII_FRAMING, { format: ASCII, seed: 5, bitErrorRate: 1e-3 })
    expect((await tally(line, { count: 40_000, quantity: () => 10 })).wrong).toBe(0)
  })

  it('believes long answers only when they came twice once the line has shown what it is, so that a fitting check alone deceives nobody', async () => {
    const spoil = withFittingCheck(0.02)
    const options = { format: RTU, seed: 6, bitErrorRate: 1e-3, spoil }
    expect((await tally(noisyExchange({ framing: RTU_FRAMING, ...options }), { count: 3000, quantity: () => 40 })).wrong).toBeGreaterThan(
      10,
    )
    const { line } = noisyLine(RTU_FRAMING, options)
    await tally(line, { count: 200, quantity: () => LONG })
    const after = await tally(line, { count: 3000, quantity: () => 40 })
    expect(after.wrong).toBe(0)
    expect(after.values).toBeGreaterThan(500)
  })

  it('asks once on a clean line in RTU, and in ASCII once it has been clean for a while', async () => {
    const rtu = noisyLine(RTU_FRAMING, { format: RTU, seed: 1, bitErrorRate: 0 })
    await tally(rtu.line, { count: 100, quantity: () => 10 })
    expect(rtu.bare.count).toBe(100)
    const ascii = noisyLine(ASCII_FRAMING, { format: ASCII, seed: 1, bitErrorRate: 0 })
    await tally(ascii.line, { count: 100, quantity: () => 1 })
    expect(ascii.bare.count).toBe(200)
    await tally(ascii.line, { count: 1000, quantity: () => 1 })
    const before = ascii.bare.count
    await tally(ascii.line, { count: 100, quantity: () => 1 })
    expect(ascii.bare.count - before).toBe(100)
  })

  it('asks again for a spoilt answer, but not for ever, and not a unit that never says anything sound', async () => {
    const { bare, line } = noisyLine(RTU_FRAMING, { format: RTU, seed: 2, bitErrorRate: 0, spoil: (frame) => frame.subarray(0, -1) })
    const asking = { unit: 1, timeoutMs: 100 }
    expect(await readSpan(line, asking, { table: 'holding', from: 0, quantity: 1 })).toMatchObject({ kind: 'malformed' })
    expect(bare.count).toBe(3)
    for (let time = 0; time < 10; time++) await readSpan(line, asking, { table: 'holding', from: 0, quantity: 1 })
    const before = bare.count
    await readSpan(line, asking, { table: 'holding', from: 0, quantity: 1 })
    expect(bare.count - before).toBe(1)
  })

  it('writes once, whatever comes back', async () => {
    const { bare, line } = noisyLine(RTU_FRAMING, { format: RTU, seed: 2, bitErrorRate: 0, spoil: (frame) => frame.subarray(0, -1) })
    expect(await line.ask({ unit: 1, pdu: Uint8Array.of(6, 0, 1, 0, 7), timeoutMs: 100 })).toMatchObject({ kind: 'malformed' })
    expect(bare.count).toBe(1)
  })

  it('gives no value where no two answers agree on a line that is known to spoil them', async () => {
    let count = 0
    const counter: LineUnit = (request, wire) => wire.reply(request, Uint8Array.of(3, 2, count >> 8, count++ & 0xff))
    const { line } = noisyLine(ASCII_FRAMING, { format: ASCII, seed: 3, bitErrorRate: 0, unit: counter })
    const answer = await readSpan(line, { unit: 1, timeoutMs: 100 }, { table: 'holding', from: 0, quantity: 1 })
    expect(answer).toMatchObject({ kind: 'malformed' })
    expect((answer as { why: string }).why).toMatch(/4 answers differed from each other, and where one bit in \d+ is spoilt/)
  })

  it('keeps the damage of one unit from the others', async () => {
    const random = randomOf(9)
    const { line } = noisyLine(RTU_FRAMING, {
      format: RTU,
      seed: 4,
      bitErrorRate: 0,
      spoil: (frame) => (frame[0] === 2 && random() < 0.5 ? frame.subarray(1) : frame),
    })
    for (let read = 0; read < 60; read++)
      for (const unit of [1, 2]) await readSpan(line, { unit, timeoutMs: 100 }, { table: 'holding', from: 0, quantity: 60 })
    expect(line.damage.mostValues(1, 'holding', 12)).toBe(LONG)
    expect(line.damage.mostValues(2, 'holding', 12)).toBeLessThan(60)
  })
})
