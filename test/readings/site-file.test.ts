import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fault } from '../../src/faults/fault.js'
import type { Site } from '../../src/readings/asset.js'
import { formatSiteFile, MAX_SITE_FILE_BYTES, parseSiteFile } from '../../src/readings/site-file.js'

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/site/${name}`, import.meta.url), 'utf8')

const demoPlant: Site = {
  name: 'demo-plant',
  assets: [
    {
      key: 'pump-247',
      class: 'centrifugal pump',
      ratedSpeedRpm: 1485,
      ratedPowerKw: 45,
      support: 'rigid',
      speedSensor: 'pump-247/speed',
      bearing: { name: 'SKF 6205', rollingElements: 9, ballDiameterMm: 7.94, pitchDiameterMm: 39.04, contactAngleDeg: 0 },
    },
  ],
  sensors: [
    {
      key: 'pump-247/drive-end-temperature',
      address: 'modbus-tcp://127.0.0.1:5020/1/holding/100?as=float32',
      kind: 'temperature',
      unit: '°C',
      periodMs: 1000,
      limits: { warningHigh: 80, criticalHigh: 95 },
      asset: 'pump-247',
    },
    {
      key: 'pump-247/speed',
      address: 'modbus-tcp://127.0.0.1:5020/1/holding/104?as=float32',
      kind: 'speed',
      unit: 'rpm',
      periodMs: 1000,
      range: { low: 0, high: 3000 },
      asset: 'pump-247',
    },
  ],
}

/** The fault that a text meets; fails the test where there is none. */
function faultOf(text: string): Fault {
  try {
    parseSiteFile(text, 'chatterfix.yaml')
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown
    throw thrown
  }
  throw new Error('the file was taken as right')
}

/** A file with one sensor, whose entry is `entry` in flow style. */
const withSensor = (entry: string, key = 'a/b') => `site: s\nsensors:\n  ${key}: { ${entry} }\n`
const good = 'address: "mqtt://h/t", kind: other'

test('a site file gives the assets and sensors it describes', () => {
  expect(parseSiteFile(fixture('demo-plant.yaml'), 'chatterfix.yaml')).toEqual(demoPlant)
})

test('a site prints and reads back the same', () => {
  expect(parseSiteFile(formatSiteFile(demoPlant), 'x')).toEqual(demoPlant)
})

test('any printable names, units, periods and limits survive printing and reading', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((text) => /^[^/\p{C}\p{Zl}\p{Zp}]+$/u.test(text) && text !== '__proto__')
  const sensor = fc.record({
    key: fc.tuple(name, name).map((parts) => parts.join('/')),
    periodMs: fc.integer({ min: 1, max: 86_400_000 }),
    unit: fc.constantFrom(null, '°C', '%', '1', 'm/s²', 'µm', '°'),
    warningHigh: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
    description: fc.string({ maxLength: 40, unit: 'grapheme' }).filter((text) => text.isWellFormed()),
  })
  fc.assert(
    fc.property(fc.uniqueArray(sensor, { maxLength: 5, selector: (it) => it.key }), (entries) => {
      const sensors = entries.map(({ warningHigh, ...entry }) => ({
        ...entry,
        address: 'mqtt://h/t',
        kind: 'other' as const,
        limits: { warningHigh, deadband: 0.5, onDelayMs: 1500, offDelayMs: 60_000 },
        asset: entry.key.slice(0, entry.key.indexOf('/')),
      }))
      const site: Site = { name: 's', assets: [], sensors }
      expect(parseSiteFile(formatSiteFile(site), 'x').sensors).toEqual(expect.arrayContaining(sensors))
    }),
  )
})

test('every mistake is listed with its line, and the first one leads', () => {
  const fault = faultOf(fixture('many-mistakes.yaml'))
  const { message, where = {} } = fault.facts
  expect(fault.code).toBe('SITE_FILE_INVALID')
  expect(message).toContain('chatterfix.yaml:4')
  expect(where['file']).toBe('chatterfix.yaml:4')
  expect(where['found']).toBe('"rated_speed_rmp" – did you mean rated_speed_rpm?')
  expect(where['example']).toBe('rated_speed_rpm: 1485')
  const others = Object.entries(where).flatMap(([label, text]) => (label.startsWith('problem') ? [text.split(' ')[0]] : []))
  expect(others).toEqual([5, 6, 8, 12, 13, 14, 15, 16].map((line) => `chatterfix.yaml:${line}`))
  expect(fault.facts.because).toBe('the file has 9 problems')
  expect(Object.values(where).join('\n')).toMatch(/did you mean temperature\?[^]*did you mean degC\?/)
})

test.each([
  ['nothing at all', '', 'chatterfix.yaml:1'],
  ['a list', '- a\n', 'a list of 1'],
  ['a missing name', 'sensors: {}\n', 'expected the plant’s name'],
  ['a duplicate key', `site: s\nsite: t\n`, 'chatterfix.yaml:2'],
  ['a duplicate sensor', `${withSensor(good)}  a/b: { ${good} }\n`, 'chatterfix.yaml:4'],
  ['broken YAML', 'site: [\n', 'expected YAML'],
  ['two documents', 'site: a\n---\nsite: b\n', 'expected YAML'],
  ['a sensor without asset', withSensor(good, 'b'), 'asset/name'],
  ['an endless key', withSensor(good, `a/${'b'.repeat(127)}`), 'at most 128 characters'],
  ['a key with an escape sequence', withSensor(good, '"a/b\\e[2J"'), 'printable'],
  ['a key that hides text with a direction mark', withSensor(good, '"a/b\\u202e"'), 'printable'],
  ['a unit of another quantity', withSensor('address: "mqtt://h/t", kind: temperature, unit: bar'), 'bar is a unit of pressure'],
  ['a number that is none', withSensor(`${good}, range: { low: .nan, high: 1 }`), 'low'],
  ['an infinite limit', withSensor(`${good}, limits: { warning_high: .inf }`), 'warning_high'],
  [
    'a deadband as wide as the band',
    withSensor(`${good}, limits: { warning_low: 20, warning_high: 80, deadband: 60 }`),
    'no value would end an alarm',
  ],
  ['a delay of nothing', withSensor(`${good}, limits: { warning_high: 80, on_delay: 0s }`), 'on_delay'],
  ['a range upside down', withSensor(`${good}, range: { low: 2, high: 1 }`), 'low below high'],
  ['a password in an address', withSensor('address: "mqtt://me:secret@h/t", kind: other'), 'an address holds no password'],
  ['a period of nothing', withSensor(`${good}, every: 0s`), 'duration'],
  ['an unknown asset', `site: s\nassets: { pump: {} }\nsensors: { a/b: { ${good}, asset: pmup } }\n`, 'did you mean pump?'],
  [
    'an unknown speed sensor',
    `site: s\nassets: { a: { speed_sensor: a/sped } }\nsensors: { a/speed: { ${good} } }\n`,
    'did you mean a/speed?',
  ],
  ['a prototype', withSensor(good, '__proto__'), '__proto__'],
])('%s is refused with its place', (_what, text, said) => {
  const fault = faultOf(text)
  expect(fault.code).toBe('SITE_FILE_INVALID')
  expect(`${fault.facts.message} ${Object.values(fault.facts.where ?? {}).join(' ')}`).toContain(said)
})

test('an alias bomb is refused before it unfolds', () => {
  const levels = Array.from({ length: 9 }, (_, level) => `  a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`)
  expect(faultOf(`site: s\nassets:\n  a0: &a0 [lol]\n${levels.join('\n')}\n`).facts.message).toContain('aliases')
})

test.each(['[', '{', '- ', '? ', '{a: ', '[[]'])('a nesting bomb of %j is refused at once', (opening) => {
  const startedMs = performance.now()
  expect(faultOf(opening.repeat(200_000)).code).toBe('SITE_FILE_INVALID')
  expect(performance.now() - startedMs).toBeLessThan(1000)
})

test('an oversized file is refused before it is read', () => {
  expect(faultOf(`#${'x'.repeat(MAX_SITE_FILE_BYTES)}`).facts.message).toContain('1 MiB')
})

test('no text makes the reader throw anything but its own fault', () => {
  const fragments = fc.constantFrom(
    'site: ',
    'sensors:',
    '\n',
    '  ',
    'a/b',
    ': ',
    '{',
    '}',
    '[',
    '&a ',
    '*a',
    '- ',
    '!!js ',
    '? ',
    '"',
    '|',
    '\t',
    'null',
    '<<: ',
    '__proto__',
    '🦆',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(fragments, { maxLength: 30 }).map((parts) => parts.join('')),
      ),
      (text) => {
        try {
          parseSiteFile(text, 'x')
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Fault)
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('how a machine is built is read, printed back the same, and what cannot be is told with its line', () => {
  const text = `site: s
assets:
  fan:
    machine: fan
    line_frequency_hz: 50
    poles: 4
    rotor_bars: 28
    gears: [{ teeth: 23, mating_teeth: 61, speed_ratio: 2.5 }, { teeth: 19 }]
    blades: 12
    belt: { pulley_diameter_mm: 140, length_mm: 1600, other_pulley_diameter_mm: 200 }
    machine_group: 2
`
  const site = parseSiteFile(text, 'chatterfix.yaml')
  expect(site.assets).toEqual([
    {
      key: 'fan',
      kind: 'fan',
      lineFrequencyHz: 50,
      poles: 4,
      rotorBars: 28,
      gears: [{ teeth: 23, matingTeeth: 61, speedRatio: 2.5 }, { teeth: 19 }],
      blades: 12,
      belt: { pulleyDiameterMm: 140, beltLengthMm: 1600, otherPulleyDiameterMm: 200 },
      isoGroup: 2,
    },
  ])
  expect(parseSiteFile(formatSiteFile(site), 'chatterfix.yaml')).toEqual(site)
  const wrong = (line: string) => faultOf(`site: s\nassets:\n  fan:\n    ${line}\n`).facts.message
  expect(wrong('poles: 3')).toContain('chatterfix.yaml:4 assets › fan › poles: expected an even whole number')
  expect(wrong('gears: [{ teeth: 2 }]')).toContain('fan › gears › 0 › teeth: expected a whole number from 3')
  expect(wrong('gears: [{ teeth: 23, mating_tooth: 61 }]')).toContain('did you mean mating_teeth?')
  expect(wrong('machine: pmup')).toContain('did you mean pump?')
  expect(wrong('belt: { pulley_diameter_mm: 140, length_mm: 300 }')).toContain(
    'belt › length_mm: expected a positive number, more than half round',
  )
  expect(wrong('machine_group: 3')).toContain('machine_group: expected 1 (large) or 2')
})

test('a speed sensor that the file lacks is advised as a sensor to add, or as one of those it has', () => {
  const lacking = faultOf('site: s\nassets: { pump-247: { speed_sensor: pump-247/speed } }\n').facts
  expect(lacking.message).toContain('a sensor of this file (it has no sensors)')
  expect(lacking.advice?.['example']).toBe('a sensor pump-247/speed under sensors:')
  const near = faultOf(`site: s\nassets: { a: { speed_sensor: a/sped } }\nsensors: { a/speed: { ${good} } }\n`).facts
  expect(near.advice?.['example']).toBe('speed_sensor: a/speed')
})

test('a bearing that is only named has the geometry of the catalogue, and is printed by its name again', () => {
  const geometry = { name: 'ACME 1', rollingElements: 9, ballDiameterMm: 8, pitchDiameterMm: 39, contactAngleDeg: 0, source: 'a book' }
  const lookup = () => ({ geometry })
  const text = 'site: s\nassets: { pump: { bearing: { name: "1" } } }\n'
  const site = parseSiteFile(text, 'x', lookup)
  expect(site.assets[0]?.bearing).toEqual({ ...geometry, name: '1' })
  expect(formatSiteFile(site)).not.toContain('rolling_elements')
  expect(parseSiteFile(formatSiteFile(site), 'x', lookup)).toEqual(site)
})

test('a bearing that no catalogue knows, or that has half a geometry, is refused with what is missing', () => {
  const named = (bearing: string) => `site: s\nassets: { pump: { bearing: ${bearing} } }\n`
  expect(() => parseSiteFile(named('{ name: X1 }'), 'x', () => ({ because: 'known are 6205' }))).toThrow(/"X1" alone – known are 6205/)
  expect(faultOf(named('{ name: X1, rolling_elements: 9, ball_diameter_mm: 8, contact_angle_deg: 0 }')).facts.where?.['key']).toBe(
    'assets › pump › bearing › pitch_diameter_mm',
  )
})
