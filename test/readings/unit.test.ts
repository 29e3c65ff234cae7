import fc from 'fast-check'
import { expect, test } from 'vitest'
import { convert, fromSi, toSi, UNITS, type Unit, unitOf } from '../../src/readings/unit.js'

function unit(name: string): Unit {
  const found = unitOf(name)
  if (found === undefined) throw new Error(`no unit ${name}`)
  return found
}

/** What one of each is in SI: NIST SP 811 (2008) Appendix B.8 for those not coherent, the SI prefixes and the definition of the unit for the rest. */
const ONE_IN_SI: Readonly<Record<string, number>> = {
  K: 1,
  Pa: 1,
  hPa: 100,
  kPa: 1000,
  MPa: 1e6,
  mbar: 100,
  bar: 1e5,
  psi: 6894.757,
  atm: 101_325,
  mmHg: 133.3224,
  'm³/s': 1,
  'm³/h': 2.777_778e-4,
  'l/s': 1e-3,
  'l/min': 1.666_667e-5,
  'l/h': 2.777_778e-7,
  gpm: 6.309_02e-5,
  'kg/s': 1,
  'kg/h': 2.777_778e-4,
  't/h': 0.277_777_8,
  m: 1,
  mm: 1e-3,
  µm: 1e-6,
  cm: 1e-2,
  km: 1e3,
  in: 0.0254,
  ft: 0.3048,
  mil: 2.54e-5,
  'm/s': 1,
  'mm/s': 1e-3,
  'in/s': 0.0254,
  'km/h': 0.277_777_8,
  'm/s²': 1,
  g: 9.806_65,
  mg: 9.806_65e-3,
  'mm/s²': 1e-3,
  rpm: 1.666_667e-2,
  'rev/s': 1,
  Hz: 1,
  kHz: 1e3,
  MHz: 1e6,
  A: 1,
  mA: 1e-3,
  µA: 1e-6,
  kA: 1e3,
  V: 1,
  mV: 1e-3,
  kV: 1e3,
  W: 1,
  kW: 1e3,
  MW: 1e6,
  hp: 745.6999,
  VA: 1,
  kVA: 1e3,
  var: 1,
  kvar: 1e3,
  J: 1,
  kJ: 1e3,
  Wh: 3600,
  kWh: 3.6e6,
  MWh: 3.6e9,
  varh: 3600,
  kvarh: 3.6e6,
  VAh: 3600,
  kVAh: 3.6e6,
  Ω: 1,
  kΩ: 1e3,
  N: 1,
  kN: 1e3,
  lbf: 4.448_222,
  N·m: 1,
  kN·m: 1e3,
  kg: 1,
  t: 1e3,
  'm³': 1,
  l: 1e-3,
  s: 1,
  ms: 1e-3,
  min: 60,
  h: 3600,
  d: 86_400,
  '1': 1,
  '%': 1e-2,
  '‰': 1e-3,
  ppm: 1e-6,
  '%RH': 1e-2,
  rad: 1,
  '°': 1.745_329e-2,
  'S/m': 1,
  'µS/cm': 1e-4,
  'mS/cm': 0.1,
}

test('every unit leads to SI by the factor of the literature, and none is left out', () => {
  for (const one of UNITS) {
    if (one.quantity === 'temperature' && one.symbol !== 'K') continue
    const expected = ONE_IN_SI[one.symbol]
    expect(expected, `${one.symbol} has no reference`).toBeDefined()
    // SP 811 gives seven digits.
    expect(Math.abs(toSi(1, one) / (expected ?? 1) - 1), one.symbol).toBeLessThan(5e-7)
    expect(one.offset, one.symbol).toBe(0)
  }
})

test.each([
  ['°C', 0, 273.15],
  ['°C', 100, 373.15],
  ['°F', 32, 273.15],
  ['°F', 212, 373.15],
  ['°F', -459.67, 0],
  ['°C', -273.15, 0],
])('%s %d is %d K', (symbol, value, kelvin) => {
  expect(toSi(value, unit(symbol))).toBeCloseTo(kelvin, 9)
})

test('exact definitions hold to the last bit that a double has', () => {
  // 1 lbf = 0.45359237 kg × 9.80665 m/s²; 1 US gal = 231 in³; 1 hp = 550 ft·lbf/s; conventional mercury weighs 13 595.1 kg/m³.
  expect(toSi(1, unit('lbf'))).toBeCloseTo(0.45359237 * 9.80665, 13)
  expect(toSi(60, unit('gpm'))).toBeCloseTo(231 * 0.0254 ** 3, 15)
  expect(toSi(1, unit('hp'))).toBeCloseTo(550 * 0.3048 * 0.45359237 * 9.80665, 9)
  expect(toSi(1, unit('psi'))).toBeCloseTo((0.45359237 * 9.80665) / 0.0254 ** 2, 9)
  expect(toSi(1, unit('mmHg'))).toBeCloseTo(13.5951 * 9.80665, 10)
})

test('no two units share a name', () => {
  const names = UNITS.flatMap((one) => [one.symbol, ...one.aliases])
  expect(names.length).toBe(new Set(names).size)
  for (const one of UNITS) for (const name of [one.symbol, ...one.aliases]) expect(unitOf(name)).toBe(one)
})

test('units of one quantity lead to one SI unit', () => {
  for (const one of UNITS) {
    expect(new Set(UNITS.filter((other) => other.quantity === one.quantity).map((other) => other.si)).size).toBe(1)
  }
})

test('case counts: a milliwatt is no megawatt', () => {
  expect(unitOf('mW')).toBeUndefined()
  expect(unitOf('MW')?.factor).toBe(1e6)
  expect(unitOf('mpa')).toBeUndefined()
})

test('characters that look the same mean the same', () => {
  expect(unitOf('\u00b5m')).toBe(unitOf('\u03bcm'))
  expect(unitOf('\u00b5A')).toBe(unitOf('\u03bcA'))
  expect(unitOf('\u00b5S/cm')).toBe(unitOf('\u03bcS/cm'))
  expect(unitOf('k\u03a9')).toBe(unitOf('k\u2126'))
  expect(unitOf('℃')).toBe(unitOf('°C'))
  expect(unitOf('\u212a')).toBe(unitOf('K'))
})

test('into SI and back is the same value', () => {
  fc.assert(
    fc.property(fc.constantFrom(...UNITS), fc.double({ min: -1e9, max: 1e9, noNaN: true }), (one, value) => {
      expect(fromSi(toSi(value, one), one)).toBeCloseTo(value, 4)
    }),
  )
})

test('a conversion goes there and back within a quantity, and nowhere else', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...UNITS),
      fc.constantFrom(...UNITS),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      (from, to, value) => {
        const converted = convert(value, from, to)
        if (from.quantity !== to.quantity) expect(converted).toBeUndefined()
        else expect(Math.abs((convert(converted ?? Number.NaN, to, from) ?? Number.NaN) - value)).toBeLessThan(1e-6)
      },
    ),
    { numRuns: 2000 },
  )
})
