import type { SensorKind } from '../../readings/sensor.js'
import type { NmeaSentence } from './nmea.js'
import { NMEA_SENTENCES, type NmeaField } from './nmea-sentences.js'

/** A named value of a sentence. */
export interface NmeaValue {
  readonly field: string
  /** Null where the sentence has the field, and the device leaves it empty or says that it does not count. */
  readonly value: number | null
  readonly unit: string | null
  readonly kind: SensorKind
}

/** The units of MWV: relative or true wind in km/h, m/s, knots, miles/h. */
const WIND_SPEED: Readonly<Record<string, number>> = { K: 1, M: 3.6, N: 1.852, S: 1.609344 }

/** Transducer types and units of XDR: type, unit → ours. */
const TRANSDUCERS: Readonly<Record<string, readonly [unit: string | null, kind: SensorKind]>> = {
  CC: ['°C', 'temperature'],
  CF: ['°F', 'temperature'],
  PB: ['bar', 'pressure'],
  PP: ['Pa', 'pressure'],
  HP: ['%', 'humidity'],
  AD: ['°', 'displacement'],
  DM: ['m', 'displacement'],
  RP: ['%', 'other'],
  TR: ['rpm', 'speed'],
  FH: ['Hz', 'frequency'],
  FN: ['N', 'other'],
  IA: ['A', 'current'],
  UV: ['V', 'voltage'],
  VM: ['m³', 'other'],
  RL: ['l/s', 'flow'],
}

/** The values of a sentence; of one that nobody knows the plain numbers, as `field-1`, `field-2`… */
export function nmeaValuesOf(sentence: NmeaSentence): readonly NmeaValue[] {
  const { formatter, fields } = sentence
  if (formatter === 'XDR') return transducersOf(fields)
  if (formatter === 'MWV') return windOf(fields)
  const known = NMEA_SENTENCES[formatter]
  if (known) return known.map((field) => ({ field: field.name, value: valueOf(field, fields), unit: field.unit, kind: field.kind }))
  return fields.flatMap((text, index) => {
    const value = numberIn(text)
    return value === null ? [] : [{ field: `field-${index + 1}`, value, unit: null, kind: 'other' as const }]
  })
}

function valueOf({ at, as, scale, only }: NmeaField, fields: readonly string[]): number | null {
  if (only && !only.oneOf.includes(fields[only.at] ?? '')) return null
  const value = numberIn(fields[at])
  if (value === null) return null
  const side = fields[at + 1] ?? ''
  switch (as) {
    case 'number':
      return value * scale
    case 'direction':
      return side === 'W' || side === 'L' ? -value : value
    case 'degrees-minutes': {
      // ddmm.mmmm and dddmm.mmmm: the last two digits before the point are whole minutes.
      const degrees = Math.trunc(value / 100)
      const angle = degrees + (value - degrees * 100) / 60
      return side === 'S' || side === 'W' ? -angle : side === 'N' || side === 'E' ? angle : null
    }
  }
}

/** Groups of four: type, value, unit, name. */
function transducersOf(fields: readonly string[]): readonly NmeaValue[] {
  const values: NmeaValue[] = []
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [type = '', text, mark = '', name = ''] = fields.slice(at, at + 4)
    const [unit, kind] = TRANSDUCERS[type + mark] ?? [null, 'other' as const]
    values.push({ field: name === '' ? `transducer-${at / 4 + 1}` : name, value: numberIn(text), unit, kind })
  }
  return values
}

/** MWV: angle, R(elative) or T(rue), speed, unit, status. */
function windOf([angle, reference, speed, mark = '', status]: readonly string[]): readonly NmeaValue[] {
  const prefix = reference === 'T' ? 'true' : 'relative'
  const scale = WIND_SPEED[mark]
  const isValid = status === 'A'
  const speedValue = numberIn(speed)
  return [
    { field: `${prefix}-wind-angle`, value: isValid ? numberIn(angle) : null, unit: '°', kind: 'other' },
    {
      field: `${prefix}-wind-speed`,
      value: isValid && scale !== undefined && speedValue !== null ? speedValue * scale : null,
      unit: 'km/h',
      kind: 'velocity',
    },
  ]
}

function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^[-+]?\d{1,15}(?:\.\d{0,15})?$/.test(text) ? Number(text) : null
}
