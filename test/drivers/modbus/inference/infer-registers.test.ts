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

  it('says of small numbers that nothing shows their scale, and is not sure of what never moved', () => {
    const points = infer(Array(3).fill([17, 235, 64, 1480, 3]))
    expect(points.map(({ type, value, scale, scaleIs }) => [type, value, scale, scaleIs])).toEqual(
      [17, 235, 64, 1480, 3].map((value) => ['uint16', value, 1, 'unknown']),
    )
    for (const { confidence, evidence } of points) {
      expect(confidence).toBeLessThanOrEqual(0.9)
      expect(evidence).toMatch(/stood still.*nothing shows its scale/)
    }
  })

  it('does not state −2 where −123456 stands, in whatever company, and offers both', () => {
    const words = [231, 45, 1480, 312]
    const wide = [0xfffe, 0x1dc0]
    const standing = [wide, [...words, ...wide, ...words], [...words, ...wide.toReversed(), ...words]]
    const moving = [0, 1, 2, 3, 4].map((round) => [...words.map((word) => word + ((round * 7) % 5)), ...wide, ...words])
    for (const rounds of [...standing.map((registers) => Array(5).fill(registers) as number[][]), moving]) {
      const at = 100 + (rounds[0] ?? []).findIndex((register) => register === 0xfffe || register === 0x1dc0)
      const points = infer(rounds).filter(({ address }) => address.includes(`/holding/${at}?`) || address.includes(`/holding/${at + 1}?`))
      expect(points.every(({ confidence, value }) => confidence < 0.65 || value === -123456)).toBe(true)
      expect(points.some(({ value, alternatives }) => [value, ...alternatives.map((other) => other.value)].includes(-123456))).toBe(true)
    }
  })

  it('states −123456 among wide numbers of a device that shows them', () => {
    const rounds = [0, 1, 2, 3, 4].map((round) => [1, 4464 + round * 3, 0xfffe, 0x1dc0, 0xfffd, 8000 - round * 5, 2, 9000 + round])
    expect(infer(rounds).find(({ address }) => address.includes('/holding/102?'))).toMatchObject({ type: 'int32', value: -123456 })
  })

  it('refuses to guess where a number might as well be half of another, and offers both', () => {
    // 0 and 1841 by themselves, or 1841 as uint32: nothing moves, nothing else is there.
    const [point] = infer(Array(5).fill([0, 0, 0, 1841, 0, 0]), 200)
    expect(point?.confidence).toBeLessThan(0.65)
    expect(point?.evidence).toMatch(/^cannot tell, because/)
    expect(new Set([point?.type, ...(point?.alternatives.map(({ type }) => type) ?? [])])).toEqual(
      expect.objectContaining(new Set(['uint32', 'uint16'])),
    )
  })

  it('sees wide counters by their carry, 64 bits and doubles by their lower words', () => {
    const carry = [41_000, 50_003, 59_001, 68_002, 77_004].map((low) => 0x2c30000 + low)
    for (const order of BYTE_ORDERS) {
      const points = infer(carry.map((value) => encodeRegisters(value, 'uint32', order)))
      expect(
        points.map(({ type, order: seen }) => [type, seen]),
        order,
      ).toEqual([['uint32', order]])
    }
    const energy = [0, 7, 13, 20, 27].map((step) => encodeRegisters(BigInt(98_765_432_100 + step * 100_003), 'uint64', 'cdab'))
    expect(infer(energy)).toMatchObject([{ type: 'uint64', order: 'cdab' }])
    const doubles = [61.3817, 61.3921, 61.4003, 61.3954, 61.3888].map((value) => encodeRegisters(value / 3, 'float64', 'abcd'))
    expect(infer(doubles)).toMatchObject([{ type: 'float64', order: 'abcd' }])
  })

  it('sees a BCD clock by its tens, and flags by single bits', () => {
    const clock = infer([0x1157, 0x1158, 0x1159, 0x1200, 0x1201].map((register) => [register, 0x2611]))
    expect(clock[0]).toMatchObject({ type: 'bcd16', value: 1201 })
    const flags = infer([0x8011, 0x8011, 0x8411, 0x8011, 0x8411].map((register) => [register]))
    expect(flags[0]).toMatchObject({ kind: 'state', type: 'uint16', value: 0x8411 })
    expect(flags[0]?.evidence).toContain('bit field')
  })

  it('says what a value resembles, and never gives it a unit', () => {
    const [float] = infer([49.983, 49.991, 49.979, 49.986, 49.982].map((hz) => floats([hz], 'abcd')))
    expect(float?.unit).toBeNull()
    expect(float?.evidence).toContain('looks like a grid frequency, 49.98 Hz')
    const phases = [2301, 2302, 2300, 2303, 2301].map((volt) => [volt, volt + 12, volt - 9, 4998 + (volt % 2)])
    const points = infer(phases)
    expect(points.map(({ scale, unit }) => [scale, unit])).toEqual([
      [0.1, null],
      [0.1, null],
      [0.1, null],
      [0.01, null],
    ])
    expect(points[0]?.evidence).toContain('mains voltages near 230 V')
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
    expect(scaled).toMatchObject({ scale: 0.1, value: 23.7, confidence: 0.85 })
    expect(scaled?.evidence).toContain('10 × holding 100 in all 3 samples')
    expect(infer([[234], [235], [237]])[0]).toMatchObject({ scale: 1, scaleIs: 'unknown' })
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

  it('tells what says "no value" from numbers, for ever or for a moment', () => {
    // SunSpec Information Model Specification: int16 0x8000, uint16 0xFFFF, float32 NaN mean "not implemented".
    const points = infer([
      [0xfe6c, 0x8000, 301],
      [0xfe70, 0x8000, 305],
      [0xfe77, 0x8000, 0x8000],
      [0xfe71, 0x8000, 302],
      [0xfe6f, 0x8000, 306],
    ])
    expect(points[1]).toMatchObject({ type: 'int16', value: null, valueIs: 'not-available' })
    expect(points[1]?.evidence).toContain('0x8000 stands for "no value"')
    expect(points[2]).toMatchObject({ type: 'int16', value: 306 })
    expect(points[2]?.evidence).toContain('in 1 of 5 samples')
    const rounds = [61.3817, 61.3921, 61.4003].map((value) => [...floats([value, value * 7.1], 'abcd'), 0x7fc0, 0])
    expect(infer(rounds)[2]).toMatchObject({ type: 'float32', value: null, valueIs: 'not-available' })
    expect(infer(Array(3).fill([17, ...Array<number>(40).fill(0xffff)]))).toHaveLength(1)
  })

  it('reads standing negative numbers of two registers, whose high word is 0xFFFF', () => {
    const rounds = [-5, -700, -12].flatMap((value) => encodeRegisters(value, 'int32', 'abcd'))
    expect(infer(Array(5).fill([...rounds, ...encodeRegisters(-90_000, 'int32', 'abcd')])).map(({ type, value }) => [type, value])).toEqual(
      [
        ['int32', -5],
        ['int32', -700],
        ['int32', -12],
        ['int32', -90_000],
      ],
    )
  })

  it('sees a clock in BCD by the date that it shows, even where it stands', () => {
    const points = infer(Array(5).fill([0x26, 0x11, 0x22, 0x18, 0x09, 0x07]))
    expect(points.map(({ type, value }) => [type, value])).toEqual([26, 11, 22, 18, 9, 7].map((value) => ['bcd16', value]))
    expect(points[0]?.evidence).toContain('2026-11-22 18:09:07')
  })

  it('gives each part of an answer its own confidence and reason', () => {
    const [point] = infer([[301], [305], [302], [306], [304]])
    expect(point).toMatchObject({
      scale: 1,
      scaleIs: 'unknown',
      readsAlso: expect.arrayContaining([point?.type === 'int16' ? 'uint16' : 'int16']) as unknown,
    })
    expect(point?.parts?.scale).toEqual({ says: null, confidence: 0, why: 'nothing shows its scale' })
    expect(point?.parts?.sign?.confidence).toBeLessThan(0.9)
    expect(point?.parts?.type.confidence).toBeGreaterThan(point?.parts?.sign?.confidence ?? 1)
    const wide = infer(
      [0, 7, 13, 20, 27].map((step) =>
        encodeRegisters(1_841 + step, 'uint32', 'cdab').concat(encodeRegisters(90_000 + step, 'uint32', 'cdab')),
      ),
    )
    expect(wide[0]).toMatchObject({ type: 'uint32', readsAlso: expect.arrayContaining(['int32', 'uint16 at holding/100']) as unknown })
    expect(wide[0]?.parts?.wordOrder).toMatchObject({ says: 'low word first' })
  })

  it('keeps all digits of wide numbers', () => {
    const rounds = [41_000, 50_003, 59_001, 68_002, 77_004].map((low) => encodeRegisters(0x2c3_0000 + low, 'uint32', 'abcd'))
    expect(infer(rounds)[0]?.value).toBe(0x2c3_0000 + 77_004)
  })

  it('ends a text where its padding ends, with blanks or zeros', () => {
    const field = (text: string, pad: string): number[] => {
      const bytes = Buffer.from(text.padEnd(16, pad))
      return Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2))
    }
    for (const pad of [' ', '\0'])
      expect(infer(Array(2).fill([...field('Nordwerk AG', pad), ...field('Kompressor 2', pad)])).map(({ value }) => value)).toEqual([
        'Nordwerk AG',
        'Kompressor 2',
      ])
  })
})
