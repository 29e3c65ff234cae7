import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '../../src/faults/fault.js'
import { formatFault, reportFault } from '../../src/output/fault-report.js'
import { profileChoice } from '../../src/profiles/profile-choice.js'
import { parseProfile } from '../../src/profiles/profile-file.js'

const GOOD = `profile: mixer
maker: Acme
models: [MX-1]
source: [{ title: the drawing on the door }]
tried_on_hardware: true
defaults: { table: input, as: float32, order: cdab }
registers:
  - { name: speed, address: 10, unit: rpm, kind: speed, limits: { warning_high: 1500 } }
  - { name: running, table: coil, address: 3 }
`

function faultOf(text: string): Fault {
  try {
    parseProfile(text, { kind: 'own', path: 'mixer.yaml' })
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown
    throw thrown
  }
  throw new Error('the profile was taken')
}

describe('a profile', () => {
  it('takes table, type and order of its registers from the defaults where they do not say', () => {
    const { registers, recogniseBy } = parseProfile(GOOD, { kind: 'own', path: 'mixer.yaml' })
    expect(registers[0]).toMatchObject({ table: 'input', type: 'float32', order: 'cdab', scale: 1, limits: { warningHigh: 1500 } })
    expect(registers[1]).toMatchObject({ table: 'coil', type: 'boolean' })
    expect(recogniseBy).toEqual([])
  })

  it('lists what may be written, as a range or as values', () => {
    const text = GOOD.replace('address: 3', 'address: 3, writable: { values: [0, 1] }').concat(
      '  - { name: setpoint, table: holding, address: 7, writable: { low: 5, high: 60 } }\n',
    )
    const { registers } = parseProfile(text, { kind: 'own', path: 'mixer.yaml' })
    expect(registers.map(({ writable }) => writable)).toEqual([null, { values: [0, 1] }, { low: 5, high: 60 }])
  })

  it.each([
    [
      'unit: rpm',
      'unit: bar',
      /mixer\.yaml:8 registers › 0 › unit: expected a unit of rotational frequency or frequency or velocity, found "bar"/,
    ],
    ['address: 10', 'adress: 10', /did you mean address\?/],
    ['as: float32', 'as: flaot32', /mixer\.yaml:6 defaults › as: .* did you mean float32\?/],
    ['name: running', 'name: speed', /mixer\.yaml:9 registers › 1 › name: .* for the second time/],
    [
      'tried_on_hardware: true\n',
      'tried_on_hardware: true\nchecks: [{ name: x, sum_of: [speed, gone], is: speed }]\n',
      /mixer\.yaml:6 checks › 0 › sum_of › 1: .*"gone"/,
    ],
    ['table: coil', 'table: coil, as: int16', /a coil is always boolean/],
    ['models: [MX-1]', 'models: [MX-1]\nrecognise_by: [{ signature: [{ address: 1 }] }]', /either equals .* or between/],
    [
      'address: 10,',
      'address: 10, writable: { low: 0, high: 9 },',
      /0 › writable: expected a coil, or a whole holding register, found writable, in the table input, read as float32/,
    ],
    ['address: 3', 'address: 3, writable: { low: 5, high: 1 }', /1 › writable: expected what may be written there/],
    ['address: 3', 'address: 3, writable: { values: [0, 1], low: 0 }', /1 › writable: expected what may be written there/],
    ['address: 3', 'address: 3, writable: { vales: [0, 1] }', /did you mean values\?/],
    ['profile: mixer', 'profile: mixer: 1', /mixer\.yaml:1: expected YAML/],
  ])('with %s written as %s is refused with line, key and example', (right, wrong, expected) => {
    const fault = faultOf(GOOD.replace(right, wrong))
    expect(fault.code).toBe('PROFILE_INVALID')
    expect([fault.message, ...Object.values(fault.facts.where ?? {})].join('\n')).toMatch(expected)
    expect(formatFault(reportFault(fault))).toContain('write, for example: ')
  })

  it('throws nothing but its own fault, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.nat(GOOD.length).map((at) => GOOD.slice(0, at)),
        ),
        (text) => {
          try {
            parseProfile(text, { kind: 'own', path: 'x.yaml' })
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(Fault)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('the shelf of profiles', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatterfix-shelf-'))
    await mkdir(join(folder, 'site'))
    await mkdir(join(folder, 'home'))
    await writeFile(join(folder, 'site', 'own-meter.yaml'), GOOD.replace('profile: mixer', 'profile: eastron-sdm630'))
    await writeFile(join(folder, 'home', 'mixer.yaml'), GOOD)
    await writeFile(join(folder, 'site', 'mixer.yaml'), GOOD.replace('Acme', 'Nearer'))
    await writeFile(join(folder, 'site', 'broken.yaml'), 'profile: broken\n')
    await writeFile(join(folder, 'site', 'compose.yaml'), 'services: {}\n')
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('lets the own profile win, the nearer one first, and says so', async () => {
    const { candidates, notes } = await profileChoice([join(folder, 'site'), join(folder, 'home')], null)
    expect(candidates.filter(({ key }) => key === 'mixer').map(({ maker }) => maker)).toEqual(['Nearer'])
    expect(candidates.filter(({ key }) => key === 'eastron-sdm630').map(({ origin }) => origin.kind)).toEqual(['own'])
    const told = notes.join('\n')
    expect(told).toMatch(/your own profile eastron-sdm630 \(.*own-meter\.yaml\) is used, not the shipped one/)
    expect(told).toMatch(/the profile mixer of .*site.* is used, not that of .*home/)
    expect(told).toMatch(/left out: .*broken\.yaml:1/)
    expect(told).not.toContain('compose.yaml')
  })

  it('says what was probably meant where a name is unknown', async () => {
    await expect(profileChoice([], 'eastron-sdm603')).rejects.toMatchObject({
      code: 'PROFILE_UNKNOWN',
      facts: { because: expect.stringMatching(/perhaps you meant eastron-sdm630/) as string },
    })
  })
})
