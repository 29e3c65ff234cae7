import { describe, expect, it } from 'vitest'
import { encodeLine, encodeReading } from '../../../src/sinks/influx/line-protocol.js'

const AT = 1_795_359_600_000_000

describe('line protocol', () => {
  it('writes a reading with sensor and unit as tags, value and quality as fields, nanoseconds', () => {
    expect(encodeReading({ sensor: 'pump-247/temperature', unit: '°C', at: AT, value: 61.5, text: null, quality: 0 })).toBe(
      'readings,sensor=pump-247/temperature,unit=°C value=61.5,quality=0i 1795359600000000000',
    )
  })

  it('leaves out the value of a bad reading and keeps why it is bad', () => {
    expect(encodeReading({ sensor: 'a', unit: null, at: AT, value: 3, text: 'no answer', quality: 128 })).toBe(
      'readings,sensor=a quality=128i,text="no answer" 1795359600000000000',
    )
  })

  it('tells readings of one microsecond apart by their nanoseconds', () => {
    const reading = { sensor: 'a', unit: null, at: AT, value: 1, text: null, quality: 0 }
    expect(encodeReading({ ...reading, sequence: 7 })).toMatch(/ 1795359600000000007$/)
    expect(encodeReading({ ...reading, sequence: 1001 })).toMatch(/ 1795359600000001001$/)
    expect(encodeReading({ ...reading, at: -1, sequence: 1 })).toMatch(/ -999$/)
  })

  // The spellings are those of the InfluxDB v1 line protocol reference, "Special characters".
  it.each([
    ['my Measurement,1', String.raw`my\ Measurement\,1`],
    ['a=b', 'a=b'],
  ])('escapes commas and spaces of a measurement, not equals signs: %s', (measurement, written) => {
    expect(encodeLine({ measurement, tags: {}, fields: { v: 1 }, at: AT })).toBe(`${written} v=1 1795359600000000000`)
  })

  it('escapes commas, equals signs and spaces of tags, quotes and backslashes of strings', () => {
    const line = encodeLine({ measurement: 'm', tags: { 'a b': 'c=d,e' }, fields: { 'f g': String.raw`say "x\y"` }, at: AT })
    expect(line).toBe(String.raw`m,a\ b=c\=d\,e f\ g="say \"x\\y\"" 1795359600000000000`)
  })

  it('never lets a name break its line or swallow its separator', () => {
    const line = encodeLine({ measurement: 'm', tags: { t: 'x\ny\\' }, fields: { v: 1n, w: true, n: Number.NaN, z: null }, at: AT })
    expect(line).toBe(String.raw`m,t=x\ y v=1i,w=true 1795359600000000000`)
  })

  it('gives no line for a point without a field', () => {
    expect(encodeLine({ measurement: 'm', tags: {}, fields: { v: null }, at: AT })).toBeNull()
  })
})
