import { describe, expect, it } from 'vitest'
import { inferRegisters } from '../../../../src/drivers/modbus/inference/infer-registers.js'
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
})
