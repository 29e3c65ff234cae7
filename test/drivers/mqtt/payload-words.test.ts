import { describe, expect, it } from 'vitest'
import { identityOfMetrics, identityOfVersion } from '../../../src/drivers/mqtt/identity.js'
import { exactDigitsOf, NOT_JSON, parsePayload } from '../../../src/drivers/mqtt/json-payload.js'
import { follow, formatJsonPointer, parseJsonPointer } from '../../../src/drivers/mqtt/json-pointer.js'
import { kindOf } from '../../../src/drivers/mqtt/kind-of.js'
import { sourceTimeOf } from '../../../src/drivers/mqtt/source-time.js'
import { fitUnit, statedUnitOf } from '../../../src/drivers/mqtt/stated-unit.js'

describe('a JSON Pointer', () => {
  // The examples of RFC 6901, section 5.
  const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'g|h': 4, 'i\\j': 5, 'k"l': 6, ' ': 7, 'm~n': 8 }

  it.each([
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/i\\j', 5],
    ['/ ', 7],
    ['/m~0n', 8],
    ['', document],
    ['/foo/9', undefined],
    ['/__proto__', undefined],
    ['/foo/length/x', undefined],
  ])('%s leads where the RFC says', (text, expected) => {
    const pointer = parseJsonPointer(text) ?? []
    expect(follow(document, pointer)).toEqual(expected)
    expect(formatJsonPointer(pointer)).toBe(text)
  })

  it('is refused without its slash or with a stray tilde', () => {
    expect(parseJsonPointer('foo')).toBeUndefined()
    expect(parseJsonPointer('/a~2')).toBeUndefined()
  })
})

describe('the source time', () => {
  const AT = 1_795_359_600_000_000

  it.each([
    ['RFC 3339', { time: '2026-11-22T15:00:00Z' }, AT],
    ['RFC 3339 with an offset and microseconds', { timestamp: '2026-11-22T16:00:00.000250+01:00' }, AT + 250],
    ['seconds', { ts: 1_795_359_600.5 }, AT + 500_000],
    ['milliseconds', { ts: 1_795_359_600_123 }, AT + 123_000],
    ['microseconds', { timestamp: AT + 7 }, AT + 7],
    ['nanoseconds', { time: 1_795_359_600_000_000_000 }, AT],
    ['a number in quotes', { ts: '1795359600' }, AT],
    ['a time without zone, which could be any', { time: '2026-11-22T15:00:00' }, undefined],
    ['an uptime', { ts: 86_400 }, undefined],
    ['nothing', { value: 1 }, undefined],
  ])('is read from %s', (_, object, expected) => {
    expect(sourceTimeOf(object)).toBe(expected)
  })
})

describe('the stated unit', () => {
  it.each([
    [{ value: 1, unit: 'bar' }, 'value', 'bar'],
    [{ temperature: 1, unit: 'degC', ts: 1_795_359_600 }, 'temperature', 'degC'],
    [{ temperature: 1, temperature_unit: '°C', pressure: 2, pressure_unit: 'bar' }, 'pressure', 'bar'],
    [{ temperature: 1, pressure: 2, unit: 'bar' }, 'temperature', undefined],
    [{ value: 1, unit: 5 }, 'value', undefined],
  ])('of %j for %s is %s', (object, key, expected) => {
    expect(statedUnitOf(object, key)).toBe(expected)
  })

  it('is brought into the unit of the sensor, by the definitions of the SI', () => {
    const { factor, offset } = fitUnit('°F', '°C')
    expect(212 * factor + offset).toBeCloseTo(100, 9)
    expect(fitUnit('kPa', 'bar').factor).toBeCloseTo(0.01, 12)
    expect(fitUnit('bar', '°C').isDoubtful).toBe(true)
    expect(fitUnit('furlong', 'm')).toEqual({ factor: 1, offset: 0, isDoubtful: false })
  })
})

describe('a payload', () => {
  it.each([
    ['21.5', 21.5],
    [' 21.5\n', 21.5],
    ['+.5', 0.5],
    ['021', 21],
    ['true', true],
    ['NaN', NOT_JSON],
    ['0x10', NOT_JSON],
    ['', NOT_JSON],
    ['21.5 °C', NOT_JSON],
  ])('%j is understood or not', (text, expected) => {
    expect(parsePayload(text)).toBe(expected)
  })

  it('keeps every digit of a counter beyond 2^53', () => {
    expect(exactDigitsOf('{"energy":{"total":9007199254740993}}', ['energy', 'total'])).toBe('9007199254740993')
    expect(exactDigitsOf('18446744073709551615', [])).toBe('18446744073709551615')
  })
})

describe('what a point is', () => {
  it.each([
    ['x', '°C', 'temperature'],
    ['x', 'mm/s', 'velocity'],
    ['x', 'rpm', 'speed'],
    ['tank-level', '%', 'level'],
    ['efficiency', '%', 'other'],
    ['oil temperature', null, 'temperature'],
    ['temperature', 'quux', 'other'],
    ['current', null, 'other'],
  ])('follows for %s in %s only where that is certain', (name, unit, kind) => {
    expect(kindOf(name, unit)).toBe(kind)
  })

  it('is identified by what it says of itself, and no more', () => {
    expect(identityOfVersion('mosquitto version 2.0.11')).toEqual({ maker: 'Eclipse', model: 'mosquitto', revision: '2.0.11' })
    expect(identityOfVersion('Some Broker')).toEqual({ maker: null, model: 'Some Broker', revision: null })
    expect(
      identityOfMetrics(
        new Map([
          ['Properties/Hardware Make', 'Acme'],
          ['Properties/FW', '1.2'],
        ]),
      ),
    ).toEqual({ maker: 'Acme', model: null, revision: '1.2' })
    expect(identityOfMetrics(new Map([['Motor/Note', 'x']]))).toBeNull()
  })
})
