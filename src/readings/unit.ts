/** One row of the unit table: `si = value × factor + offset`. */
export interface Unit {
  readonly symbol: string
  readonly quantity: string
  /** The SI unit (or coherent derived one) that the factor leads to. */
  readonly si: string
  readonly factor: number
  readonly offset: number
  /** Other ways people and devices write it. */
  readonly aliases: readonly string[]
}

type Row = readonly [symbol: string, factor: number, aliases?: readonly string[], offset?: number]

const INCH_M = 0.0254
const POUND_FORCE_N = 4.4482216152605
const STANDARD_GRAVITY_M_PER_S2 = 9.80665
const US_GALLON_M3 = 0.003785411784
const FOOT_M = 0.3048

/** Factors: SI Brochure (9th ed.) and NIST SP 811 Appendix B, which gives the exact ones. */
const TABLE: Readonly<Record<string, readonly [si: string, ...rows: Row[]]>> = {
  temperature: [
    'K',
    ['K', 1, ['kelvin']],
    ['°C', 1, ['degC', 'C', 'celsius', 'Cel'], 273.15],
    ['°F', 5 / 9, ['degF', 'F', 'fahrenheit'], 459.67 * (5 / 9)],
  ],
  pressure: [
    'Pa',
    ['Pa', 1],
    ['hPa', 100],
    ['kPa', 1e3],
    ['MPa', 1e6],
    ['mbar', 100],
    ['bar', 1e5],
    ['psi', POUND_FORCE_N / INCH_M ** 2, ['PSI', 'lbf/in²']],
    ['atm', 101_325],
    ['mmHg', 133.322387415],
  ],
  'volume flow': [
    'm³/s',
    ['m³/s', 1, ['m3/s']],
    ['m³/h', 1 / 3600, ['m3/h', 'cbm/h']],
    ['l/s', 1e-3, ['L/s']],
    ['l/min', 1e-3 / 60, ['L/min', 'lpm']],
    ['l/h', 1e-3 / 3600, ['L/h']],
    ['gpm', US_GALLON_M3 / 60, ['US gal/min']],
  ],
  'mass flow': ['kg/s', ['kg/s', 1], ['kg/h', 1 / 3600], ['t/h', 1000 / 3600]],
  length: [
    'm',
    ['m', 1],
    ['mm', 1e-3],
    ['µm', 1e-6, ['um', 'μm']],
    ['cm', 1e-2],
    ['km', 1e3],
    ['in', INCH_M],
    ['ft', FOOT_M],
    ['mil', INCH_M / 1000],
  ],
  velocity: ['m/s', ['m/s', 1], ['mm/s', 1e-3], ['in/s', INCH_M, ['ips']], ['km/h', 1 / 3.6]],
  acceleration: [
    'm/s²',
    ['m/s²', 1, ['m/s2', 'm/s^2']],
    ['g', STANDARD_GRAVITY_M_PER_S2, ['gn', 'G']],
    ['mg', STANDARD_GRAVITY_M_PER_S2 / 1000],
    ['mm/s²', 1e-3, ['mm/s2']],
  ],
  'rotational frequency': ['Hz', ['rpm', 1 / 60, ['1/min', 'r/min', 'min⁻¹', 'RPM']], ['rev/s', 1, ['1/s']]],
  frequency: ['Hz', ['Hz', 1], ['kHz', 1e3], ['MHz', 1e6]],
  'electric current': ['A', ['A', 1], ['mA', 1e-3], ['µA', 1e-6, ['uA']], ['kA', 1e3]],
  'electric potential': ['V', ['V', 1], ['mV', 1e-3], ['kV', 1e3]],
  power: ['W', ['W', 1], ['kW', 1e3], ['MW', 1e6], ['hp', 745.69987158227]],
  'apparent power': ['VA', ['VA', 1], ['kVA', 1e3]],
  'reactive power': ['var', ['var', 1, ['VAr']], ['kvar', 1e3, ['kVAr']]],
  energy: ['J', ['J', 1], ['kJ', 1e3], ['Wh', 3600], ['kWh', 3.6e6], ['MWh', 3.6e9]],
  'reactive energy': ['var·s', ['varh', 3600, ['VArh']], ['kvarh', 3.6e6, ['kVArh']]],
  'apparent energy': ['VA·s', ['VAh', 3600], ['kVAh', 3.6e6]],
  resistance: ['Ω', ['Ω', 1, ['ohm']], ['kΩ', 1e3, ['kohm']]],
  force: ['N', ['N', 1], ['kN', 1e3], ['lbf', POUND_FORCE_N]],
  torque: ['N·m', ['N·m', 1, ['Nm']], ['kN·m', 1e3, ['kNm']]],
  mass: ['kg', ['kg', 1], ['t', 1000]],
  volume: ['m³', ['m³', 1, ['m3']], ['l', 1e-3, ['L']]],
  time: ['s', ['s', 1], ['ms', 1e-3], ['min', 60], ['h', 3600], ['d', 86_400]],
  ratio: ['1', ['1', 1, ['']], ['%', 0.01, ['percent']], ['‰', 1e-3], ['ppm', 1e-6]],
  'relative humidity': ['1', ['%RH', 0.01, ['% RH', '%rh']]],
  angle: ['rad', ['rad', 1], ['°', Math.PI / 180, ['deg']]],
  conductivity: ['S/m', ['S/m', 1], ['µS/cm', 1e-4, ['uS/cm']], ['mS/cm', 0.1]],
}

export const UNITS: readonly Unit[] = Object.entries(TABLE).flatMap(([quantity, [si, ...rows]]) =>
  rows.map(([symbol, factor, aliases = [], offset = 0]) => ({ symbol, quantity, si, factor, offset, aliases })),
)

/** Characters that look the same, and that keyboards and devices mix: Greek mu for micro, the ohm and kelvin signs, ℃ and ℉. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { μ: '\u00b5', '\u2126': '\u03a9', '\u212a': 'K', '℃': '°C', '℉': '°F' }

function withoutLookAlikes(name: string): string {
  return name.trim().replace(/[\u03bc\u2126\u212a℃℉]/g, (letter) => LOOK_ALIKES[letter] ?? letter)
}

const BY_NAME = new Map(UNITS.flatMap((unit) => [unit.symbol, ...unit.aliases].map((name) => [withoutLookAlikes(name), unit] as const)))

/** Looks a unit up by its symbol or one of its aliases, as written (`mW` is not `MW`); undefined where nobody knows it. */
export function unitOf(name: string): Unit | undefined {
  return BY_NAME.get(withoutLookAlikes(name))
}

/** Into SI: `82 °C` → `355.15 K`. */
export function toSi(value: number, unit: Unit): number {
  return value * unit.factor + unit.offset
}

/** Out of SI. */
export function fromSi(value: number, unit: Unit): number {
  return (value - unit.offset) / unit.factor
}

/**
 * One unit into another of the same quantity.
 * @returns undefined where the quantities differ (a pressure is no temperature).
 */
export function convert(value: number, from: Unit, to: Unit): number | undefined {
  return from.quantity === to.quantity ? fromSi(toSi(value, from), to) : undefined
}
