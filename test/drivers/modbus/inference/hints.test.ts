import { describe, expect, it } from 'vitest'
import { inferRegisters, inferWithRemarks } from '../../../../src/drivers/modbus/inference/infer-registers.js'
import { parseHint } from '../../../../src/drivers/modbus/inference/parse-hint.js'
import { encodeRegisters } from '../../../fakes/modbus/encode-registers.js'

const device = { host: 'h', port: 502, unit: 7 }

function infer(rounds: readonly (readonly number[])[], hints: readonly string[], from = 10) {
  const [first = [], ...others] = rounds
  return inferRegisters(
    device,
    [
      {
        table: 'holding',
        from,
        quantity: first.length,
        samples: [Uint16Array.from(first), ...others.map((round) => Uint16Array.from(round))],
      },
    ],
    hints.map(parseHint),
  )
}

describe('a hint', () => {
  it('is read from a place and a value, a scale, or a sentence', () => {
    expect(parseHint('40011=23.4 °C')).toEqual({
      kind: 'value',
      place: { table: 'holding', register: 10 },
      value: 23.4,
      decimals: 1,
      unit: '°C',
    })
    expect(parseHint('reads 23,40 bar on the display')).toMatchObject({ place: null, value: 23.4, decimals: 2, unit: 'bar' })
    expect(parseHint('reads -5 on the display')).toMatchObject({ value: -5, decimals: 0, unit: null })
    expect(parseHint('input/7=x0.1')).toEqual({ kind: 'scale', place: { table: 'input', register: 7 }, scale: 0.1 })
    expect(parseHint('scale=0.01')).toEqual({ kind: 'scale', place: null, scale: 0.01 })
  })

  it('that means nothing is refused by name', () => {
    for (const text of ['hot', '40011=', 'coil/3=1', '99999=2', 'scale=0', 'x'.repeat(300)])
      expect(() => parseHint(text), text).toThrow(expect.objectContaining({ code: 'MODBUS_HINT' }))
  })

  it('gives scale and unit to the one register that reads so', () => {
    const rounds = Array.from({ length: 5 }, (_, round) => [234 + (round % 2), 17, 1480])
    expect(infer(rounds, [])[0]).toMatchObject({ value: 234, scaleIs: 'unknown', unit: null })
    for (const hint of ['reads 23.4 °C on the display', '40011=23.4 °C']) {
      const [point] = infer(rounds, [hint])
      expect(point, hint).toMatchObject({ value: 23.4, scale: 0.1, unit: '°C' })
      expect(point?.evidence).toContain('23.4')
      expect(point?.address).toContain('scale=0.1')
    }
  })

  it('gives its unit to nobody where two registers read so', () => {
    const points = infer(Array(5).fill([234, 234, 17]), ['reads 23.4 °C on the display'])
    expect(points.map(({ unit }) => unit)).toEqual([null, null, null])
  })

  it('settles what standing registers leave open', () => {
    // 0x0001 0xE240 is 123456 as uint32 abcd; as two numbers, 1 and 57920, it makes as much sense.
    const rounds = Array(5).fill([0, ...encodeRegisters(123_456, 'uint32', 'abcd'), 0])
    const point = infer(rounds, ['40012=123456']).find(({ address }) => address.includes('/11'))
    expect(point).toMatchObject({ type: 'uint32', order: 'abcd', value: 123_456, scale: 1 })
    expect(point?.confidence).toBeGreaterThan(infer(rounds, []).find(({ address }) => address.includes('/11'))?.confidence ?? 1)
  })

  it('of a scale holds for whole numbers whose scale nothing else shows', () => {
    const points = infer(Array(5).fill([234, 1480]), ['scale=0.1', '40012=x10'])
    expect(points.map(({ value, scale }) => [value, scale])).toEqual([
      [23.4, 0.1],
      [14_800, 10],
    ])
  })

  it('is read with its thousands, its comma, its minus and its unit, and refused where it may mean two things', () => {
    for (const [text, value, decimals] of [
      ['40011=1.234,5', 1234.5, 1],
      ['40011=1,234.5', 1234.5, 1],
      ["40011=1'234.5 kW", 1234.5, 1],
      ['40011=1 480,5', 1480.5, 1],
      ['40011=1480,25', 1480.25, 2],
      ['40011=\u22125,0 °C', -5, 1],
      ['display 2 reads 23,4 °C', 23.4, 1],
      ['pump 3 shows 81.07', 81.07, 2],
    ] as const)
      expect(parseHint(text), text).toMatchObject({ value, decimals })
    for (const text of ['40011=1,234', 'reads 23.4 °C and 17.1 °C', 'line 3, pump 4'])
      expect(() => parseHint(text), text).toThrow(expect.objectContaining({ code: 'MODBUS_HINT' }))
  })

  it('agrees with what a display rounds, and with its decimal comma', () => {
    const rounds = Array.from({ length: 5 }, (_, round) => [2337 + (round % 2), 17, 1480])
    for (const hint of ['40011=23.4', '40011=23,4 °C', '40011=23', 'reads 23,37 °C'])
      expect(infer(rounds, [hint])[0], hint).toMatchObject({ scale: 0.01, value: 23.37 })
  })

  it('that no register can read changes nothing and is told', () => {
    const rounds = Array(5).fill([234, 17, 1480])
    const ranges = [{ table: 'holding', from: 10, quantity: 3, samples: rounds.map((round: number[]) => Uint16Array.from(round)) }] as never
    const plain = inferRegisters(device, ranges)
    for (const [hint, said] of [
      [
        '40011=99.9',
        'holding/10=99.9: this register cannot read that, in any type, order and scale that was tried (it seems to hold 234 as uint16)',
      ],
      ['reads 77.7 °C', 'reads 77.7 °C: no register can read that, in any type, order and scale that makes sense'],
      ['40500=23.4', 'holding/499=23.4: that register could not be read'],
    ] as const) {
      const { points, remarks } = inferWithRemarks(device, ranges, [parseHint(hint)])
      expect(remarks).toEqual([`the hint ${said}`])
      expect(points).toEqual(plain)
    }
  })

  it('that several registers read is told with their places', () => {
    const ranges = [{ table: 'holding', from: 10, quantity: 3, samples: Array(5).fill(Uint16Array.from([234, 234, 17])) }] as never
    expect(inferWithRemarks(device, ranges, [parseHint('reads 23.4 °C')]).remarks).toEqual([
      'the hint reads 23.4 °C: 2 values read so (holding/10, holding/11); say which, e.g. --hint holding/10=23.4',
    ])
  })
})
