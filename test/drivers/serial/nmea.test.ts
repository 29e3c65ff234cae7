import { describe, expect, it } from 'vitest'
import { nmeaCheckSum, readNmea } from '../../../src/drivers/serial/nmea.js'
import { nmeaValuesOf } from '../../../src/drivers/serial/nmea-values.js'

/** Samples as printed in "NMEA Revealed" (gpsd) and in common receivers' manuals, with their check sums; the values follow by hand. */
const SAMPLES: readonly (readonly [line: string, expected: Readonly<Record<string, number | null>>])[] = [
  [
    '$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47',
    { latitude: 48 + 7.038 / 60, longitude: 11 + 31 / 60, satellites: 8, hdop: 0.9, altitude: 545.4, 'geoid-separation': 46.9 },
  ],
  [
    '$GPRMC,225446,A,4916.45,N,12311.12,W,000.5,054.7,191194,020.3,E*68',
    { latitude: 49 + 16.45 / 60, longitude: -(123 + 11.12 / 60), speed: 0.926, course: 54.7 },
  ],
  ['$GPGLL,4916.45,N,12311.12,W,225444,A,*1D', { latitude: 49 + 16.45 / 60, longitude: -(123 + 11.12 / 60) }],
  ['$GPVTG,054.7,T,034.4,M,005.5,N,010.2,K*48', { course: 54.7, 'course-magnetic': 34.4, speed: 10.2 }],
  ['$GPGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1*39', { fix: 3, pdop: 2.5, hdop: 1.3, vdop: 2.1 }],
  ['$SDDBT,7.8,f,2.4,M,1.3,F*0D', { depth: 2.4 }],
  ['$WIMWV,214.8,R,0.1,K,A*28', { 'relative-wind-angle': 214.8, 'relative-wind-speed': 0.1 }],
]

describe('NMEA 0183', () => {
  it.each(SAMPLES)('reads %s', (line, expected) => {
    const reading = readNmea(line)
    if (reading.kind !== 'sentence') return expect.fail(`${line} is ${reading.kind}`)
    expect(reading.sentence.check).toBe('right')
    const values = Object.fromEntries(nmeaValuesOf(reading.sentence).map(({ field, value }) => [field, value]))
    expect(Object.keys(values).sort()).toEqual(Object.keys(expected).sort())
    for (const [field, value] of Object.entries(expected)) {
      if (value === null) expect(values[field], field).toBeNull()
      else expect(values[field], field).toBeCloseTo(value, 9)
    }
  })

  it('refuses a sentence with any single wrong character', () => {
    const [line = ''] = SAMPLES[0] ?? []
    for (let at = 1; at < line.length - 3; at++) {
      const wrong = `${line.slice(0, at)}${line[at] === '1' ? '2' : '1'}${line.slice(at + 1)}`
      expect(readNmea(wrong).kind, wrong).not.toBe('sentence')
    }
  })

  it('gives no position while the receiver says that it has none', () => {
    const body = 'GPRMC,225446,V,4916.45,N,12311.12,W,000.5,054.7,191194,020.3,E'
    const reading = readNmea(`$${body}*${nmeaCheckSum(body).toString(16).padStart(2, '0')}`)
    expect(reading.kind === 'sentence' && nmeaValuesOf(reading.sentence).map(({ value }) => value)).toEqual([null, null, null, null])
  })

  it('names transducers as they name themselves', () => {
    const body = 'IIXDR,C,19.52,C,TempAir,P,1.02481,B,Barometer,A,,D,'
    const reading = readNmea(`$${body}`)
    expect(reading.kind === 'sentence' && nmeaValuesOf(reading.sentence)).toEqual([
      { field: 'TempAir', value: 19.52, unit: '°C', kind: 'temperature' },
      { field: 'Barometer', value: 1.02481, unit: 'bar', kind: 'pressure' },
      { field: 'transducer-3', value: null, unit: '°', kind: 'displacement' },
    ])
  })

  it('offers the plain numbers of sentences that nobody knows', () => {
    const reading = readNmea('$PGRME,15.0,M,45.0,M,25.0,M*1C')
    expect(reading.kind === 'sentence' && nmeaValuesOf(reading.sentence).map(({ field, value }) => [field, value])).toEqual([
      ['field-1', 15],
      ['field-3', 45],
      ['field-5', 25],
    ])
  })
})
