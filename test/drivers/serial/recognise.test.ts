import { describe, expect, it } from 'vitest'
import { parseSerialAddress } from '../../../src/drivers/serial/address.js'
import { extract } from '../../../src/drivers/serial/extract.js'
import { recognise } from '../../../src/drivers/serial/recognise.js'

const PORT = 'serial:///dev/ttyUSB0'
const look = (messages: readonly string[], decimal: 'point' | 'comma' = 'point') =>
  recognise(messages, {
    decimal,
    addressOf: (query) =>
      `${PORT}?${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}${decimal === 'comma' ? '&decimal=comma' : ''}`,
  })

/** Forms that scales, flow meters, loggers, multimeters and weather stations use, and what they say. */
const DEVICES: readonly (readonly [
  what: string,
  lines: readonly string[],
  expected: readonly (readonly [name: string | null, value: number, unit: string | null])[],
])[] = [
  ['a name, a value, a unit', ['FLOW 12.50 m3/h', 'FLOW 12.53 m3/h'], [['FLOW', 12.53, 'm³/h']]],
  [
    'several named values',
    ['T=21.5C; RH=40%; P=1013.2 hPa'],
    [
      ['T', 21.5, '°C'],
      ['RH', 40, '%'],
      ['P', 1013.2, 'hPa'],
    ],
  ],
  [
    'named values parted by spaces',
    ['Vrms=230.1 I=1.25 PF=0.98'],
    [
      ['Vrms', 230.1, null],
      ['I', 1.25, null],
      ['PF', 0.98, null],
    ],
  ],
  [
    'names with colons',
    ['Temp: -3.25, Hum: 55.1'],
    [
      ['Temp', -3.25, null],
      ['Hum', 55.1, null],
    ],
  ],
  [
    'columns under a header',
    ['time;p1;p2', '1;2.5;-3.5', '2;2.6;-3.4', '3;2.7;-3.3'],
    [
      ['time', 3, null],
      ['p1', 2.7, null],
      ['p2', -3.3, null],
    ],
  ],
  ['a number alone', ['+0012.50', '+0012.75'], [[null, 12.75, null]]],
  ['a weighing scale', ['ST,GS,+  12.34kg', 'ST,GS,+  12.36kg'], [[null, 12.36, 'kg']]],
  ['a multimeter', ['1.2345E-03', '1.2346E-03'], [[null, 0.0012346, null]]],
  ['words only', ['Boot v1.2', 'ready'], []],
]

describe('what messages are made of', () => {
  it.each(DEVICES)('%s', (_what, lines, expected) => {
    expect(look(lines).points.map(({ name, value, unit }) => [name, value, unit])).toEqual(expected)
  })

  it('shows by addresses that give the same values again', () => {
    for (const [what, lines, expected] of DEVICES) {
      const { points } = look(lines)
      const values = points.map(({ address }) => extract(parseSerialAddress(address), lines.at(-1) ?? ''))
      expect(
        values.map((each) => (each?.kind === 'number' ? each.value : each)),
        what,
      ).toEqual(expected.map(([, value]) => value))
    }
  })

  it('is sure of NMEA sentences with a right check sum, and takes no value from a wrong one', () => {
    const { format, points } = look(['$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47', '$SDDBT,7.8,f,2.4,M,1.3,F*0D'])
    expect(format).toBe('NMEA 0183')
    expect(points.find(({ name }) => name === 'GGA/altitude')).toMatchObject({ value: 545.4, unit: 'm', confidence: 1 })
    expect(look(['$SDDBT,9.8,f,2.4,M,1.3,F*0D']).points.filter(({ address }) => address.includes('sentence'))).toEqual([])
  })

  it('takes a comma for a decimal point only where it was told', () => {
    expect(look(['P 1,234 bar']).points).toEqual([])
    expect(look(['P 1,234 bar'], 'comma').points.map(({ value }) => value)).toEqual([1.234])
  })

  it('doubts two columns that may be one number with a decimal comma', () => {
    expect(look(['12,5', '12,6', '12,7']).points[0]).toMatchObject({ confidence: 0.2, alternatives: [{ value: 12.7 }] })
    expect(look(['12,5', '12,6', '12,7'], 'comma').points).toMatchObject([{ value: 12.7, confidence: 0.7 }])
  })

  it('reads lines by template and by pattern', () => {
    const read = (query: string, text: string) => extract(parseSerialAddress(`${PORT}?${query}`), text)
    expect(read('template=N{}%20{value}%20{unit}', 'N001   12.5 kg')).toMatchObject({ value: 12.5, unit: 'kg' })
    expect(read('match=(?i)flow%5Cs*(?<value>[-0-9.]%2B)', 'Flow 3.5')).toMatchObject({ value: 3.5 })
    expect(read('match=(?i)flow%5Cs*(?<value>[-0-9.]%2B)', 'Level 3.5')).toBeUndefined()
    expect(read('column=2', 'A 7.5 x')).toMatchObject({ value: 7.5 })
  })

  it('is found in any bytes within a bounded time', () => {
    let state = 9
    const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24
    const alphabets = [' ', '1', 'a=', 'a1 ', '$A,', '1,', 'a:1;', '+- ', '.1', 'aé°%']
    for (const alphabet of alphabets) {
      const text = Array.from({ length: 4096 }, () => alphabet[random() % alphabet.length]).join('')
      const startedMs = performance.now()
      look([text, ' '.repeat(4096), alphabet.repeat(4096).slice(0, 4096)])
      expect(performance.now() - startedMs, alphabet).toBeLessThan(500)
    }
  })
})
