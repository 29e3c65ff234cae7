import { describe, expect, it } from 'vitest'
import { inferRegisters } from '../../../../src/drivers/modbus/inference/infer-registers.js'
import { BYTE_ORDERS } from '../../../../src/drivers/modbus/register-type.js'
import { encodeRegisters, type Order } from '../../../fakes/modbus/encode-registers.js'

const device = { host: 'h', port: 502, unit: 7 }

/** What a probe would make of registers that were seen in these rounds. */
function infer(rounds: readonly (readonly number[])[], from = 100) {
  const [first = [], ...others] = rounds
  const samples = [Uint16Array.from(first), ...others.map((round) => Uint16Array.from(round))] as const
  return inferRegisters(device, [
    { table: 'holding', from, quantity: first.length, samples: [...samples] as [Uint16Array, ...Uint16Array[]] },
  ])
}

const floats = (values: readonly number[], order: Order): number[] => values.flatMap((value) => encodeRegisters(value, 'float32', order))

describe('what registers seem to hold', () => {
  it('sees floats that move, in whichever order they lie', () => {
    const rounds = [
      [61.3817, 1479.88, 6.81293, 81.0644],
      [61.3921, 1480.41, 6.80971, 81.1203],
      [61.4003, 1480.13, 6.81555, 81.0911],
    ]
    for (const order of BYTE_ORDERS) {
      const points = infer(rounds.map((values) => floats(values, order)))
      expect(points.map(({ type, order: seen, value }) => [type, seen, value])).toEqual(
        rounds[2]?.map((value) => ['float32', order, value]),
      )
      expect(points.every(({ confidence }) => confidence > 0.8)).toBe(true)
    }
  })

  it('sees floats that stand still, where they are round', () => {
    const points = infer(Array(3).fill([0, 0, 0, ...floats([23.4, 1480, 0.75], 'cdab'), 0, 0]))
    expect(points.map(({ address }) => address)).toEqual(
      [103, 105, 107].map((register) => `modbus-tcp://h:502/7/holding/${register}?as=float32&order=cdab`),
    )
  })

  it('refuses to guess about small numbers, and says so', () => {
    const points = infer(Array(3).fill([17, 235, 64, 1480, 3]))
    expect(points.map(({ type, value, scale }) => [type, value, scale])).toEqual(
      [17, 235, 64, 1480, 3].map((value) => ['uint16', value, 1]),
    )
    for (const { confidence, evidence } of points) {
      expect(confidence).toBeLessThanOrEqual(0.2)
      expect(evidence).toMatch(/^cannot tell, because/)
    }
  })

  it('rarely takes arbitrary registers for floats, and is never sure of it', () => {
    // A linear congruential sequence (Numerical Recipes): no device, no meaning.
    let state = 12_345
    const registers = Array.from({ length: 400 }, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 16)
    const points = infer(Array(3).fill(registers))
    const taken = points.filter(({ type, confidence }) => type === 'float32' && confidence > 0.8)
    expect(taken.length).toBeLessThanOrEqual(4)
  })

  it('takes a number for signed only where it crosses zero or hugs the upper end', () => {
    const points = infer([
      [3, 65_500, 40_000],
      [65_534, 65_501, 40_000],
      [1, 65_499, 40_000],
    ])
    expect(points.map(({ type }) => type)).toEqual(['int16', 'int16', 'uint16'])
    expect(points[2]?.alternatives).toContainEqual(expect.objectContaining({ type: 'int16', value: -25_536 }))
  })

  it('believes in a scale only where the same value stands elsewhere as a float', () => {
    const rounds = [23.41, 23.52, 23.68].map((value) => [...floats([value, 61.37 + value / 10], 'abcd'), 7, Math.round(value * 10)])
    const scaled = infer(rounds).find(({ address }) => address.includes('/105'))
    expect(scaled).toMatchObject({ scale: 0.1, value: 23.7, confidence: 0.75 })
    expect(scaled?.evidence).toContain('10 × holding 100 in all 3 samples')
    expect(infer([[234], [235], [237]])[0]).toMatchObject({ scale: 1, confidence: 0.2 })
  })

  it('reads text, and leaves out zeros', () => {
    const text = [...Buffer.from('PX-7 line 4 ').swap16().values()]
    const registers = Array.from({ length: 6 }, (_, index) => (text[index * 2 + 1] ?? 0) * 256 + (text[index * 2] ?? 0))
    const points = infer(Array(3).fill([0, 0, ...registers, 0]))
    expect(points).toMatchObject([{ type: 'string', value: 'PX-7 line 4', address: 'modbus-tcp://h:502/7/holding/102?as=string&length=6' }])
  })

  it('admits doubt where floats might as well begin one register earlier', () => {
    // High words stand, low words leap, the last value hardly moves: read as cdab from the zero before them they make as much sense.
    const rounds = [
      [60.99193, 36.60745, 1480.41],
      [61.03127, 36.62904, 1480.42],
      [61.01544, 36.59011, 1480.43],
    ].map((values) => [0, ...floats(values, 'abcd'), 0])
    const wide = infer(rounds, 299).filter(({ type }) => type === 'float32')
    expect(wide.length).toBeGreaterThan(0)
    for (const { address, confidence, evidence } of wide) {
      const isRight = /holding\/30[024]\?as=float32$/.test(address)
      if (!isRight || confidence < 0.5) expect(evidence).toContain('nearly as likely')
      if (!isRight) expect(confidence).toBeLessThanOrEqual(0.4)
    }
  })
})
