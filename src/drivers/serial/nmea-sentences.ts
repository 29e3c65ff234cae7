import type { SensorKind } from '../../readings/sensor.js'

/** How a field becomes a number. */
export interface NmeaField {
  readonly name: string
  /** Place behind the sentence's name, from 0. */
  readonly at: number
  /** `degrees-minutes`: `4916.45` and a hemisphere in the next field; `direction`: a number and E/W (R/L) in the next field. */
  readonly as: 'number' | 'degrees-minutes' | 'direction'
  readonly unit: string | null
  readonly kind: SensorKind
  /** value × scale is in `unit`. */
  readonly scale: number
  /** The value counts only while this field says so, e.g. status `A`. */
  readonly only?: Validity
}

interface Validity {
  readonly at: number
  readonly oneOf: readonly string[]
}

/** A knot is 1852 m an hour, exactly (SI Brochure, table 8 of the 8th edition). */
const KNOT_KM_PER_H = 1.852

const field = (name: string, at: number, unit: string | null = null, kind: SensorKind = 'other'): NmeaField => ({
  name,
  at,
  as: 'number',
  unit,
  kind,
  scale: 1,
})
const degrees = (name: string, at: number): NmeaField => ({ ...field(name, at, '°'), as: 'degrees-minutes' })
const knots = (name: string, at: number): NmeaField => ({ ...field(name, at, 'km/h', 'velocity'), scale: KNOT_KM_PER_H })
const whileSaid = (only: Validity, fields: readonly NmeaField[]): readonly NmeaField[] => fields.map((each) => ({ ...each, only }))

/** A is valid, V is a warning. */
const status = (at: number): Validity => ({ at, oneOf: ['A'] })

/**
 * Fields of common sentences, by what is publicly known of them.
 * @see E. S. Raymond, "NMEA Revealed" (gpsd.gitlab.io/gpsd/NMEA.html), which gives a layout and a sample of each.
 */
export const NMEA_SENTENCES: Readonly<Record<string, readonly NmeaField[]>> = {
  GGA: whileSaid({ at: 5, oneOf: ['1', '2', '3', '4', '5', '6'] }, [
    degrees('latitude', 1),
    degrees('longitude', 3),
    field('satellites', 6, null, 'counter'),
    field('hdop', 7),
    field('altitude', 8, 'm', 'level'),
    field('geoid-separation', 10, 'm'),
  ]),
  RMC: whileSaid(status(1), [degrees('latitude', 2), degrees('longitude', 4), knots('speed', 6), field('course', 7, '°')]),
  GLL: whileSaid(status(5), [degrees('latitude', 0), degrees('longitude', 2)]),
  VTG: [field('course', 0, '°'), field('course-magnetic', 2, '°'), field('speed', 6, 'km/h', 'velocity')],
  GSA: [field('fix', 1, null, 'state'), field('pdop', 14), field('hdop', 15), field('vdop', 16)],
  GSV: [field('satellites-in-view', 2, null, 'counter')],
  GST: [field('range-rms', 1, 'm'), field('latitude-error', 5, 'm'), field('longitude-error', 6, 'm'), field('altitude-error', 7, 'm')],
  HDT: [field('heading', 0, '°')],
  HDM: [field('heading-magnetic', 0, '°')],
  HDG: [
    field('heading-magnetic', 0, '°'),
    { ...field('deviation', 1, '°'), as: 'direction' },
    { ...field('variation', 3, '°'), as: 'direction' },
  ],
  ROT: whileSaid(status(1), [field('rate-of-turn', 0)]),
  RSA: whileSaid(status(1), [field('rudder', 0, '°')]),
  DBT: [field('depth', 2, 'm', 'level')],
  DBK: [field('depth-below-keel', 2, 'm', 'level')],
  DBS: [field('depth-below-surface', 2, 'm', 'level')],
  DPT: [field('depth', 0, 'm', 'level'), field('offset', 1, 'm')],
  MTW: [field('water-temperature', 0, '°C', 'temperature')],
  VHW: [field('heading', 0, '°'), field('heading-magnetic', 2, '°'), field('water-speed', 6, 'km/h', 'velocity')],
  MWD: [field('wind-direction', 0, '°'), field('wind-direction-magnetic', 2, '°'), field('wind-speed', 6, 'm/s', 'velocity')],
  MDA: [
    field('barometer', 2, 'bar', 'pressure'),
    field('air-temperature', 4, '°C', 'temperature'),
    field('water-temperature', 6, '°C', 'temperature'),
    field('relative-humidity', 8, '%', 'humidity'),
    field('dew-point', 10, '°C', 'temperature'),
    field('wind-direction', 12, '°'),
    field('wind-speed', 18, 'm/s', 'velocity'),
  ],
  RPM: whileSaid(status(4), [field('speed', 2, 'rpm', 'speed'), field('pitch', 3, '%')]),
}
