import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { widthOf } from '../../src/drivers/modbus/address.js'
import type { DeviceProfile } from '../../src/profiles/device-profile.js'
import { loadProfiles } from '../../src/profiles/load-profiles.js'

const { profiles, problems } = await loadProfiles([])
const readme = readFileSync(new URL('../../src/profiles/README.md', import.meta.url), 'utf8')

const compiled = new URL('../../dist/profiles/shipped/compiled.json', import.meta.url)

describe('shipped profiles', () => {
  it.skipIf(!existsSync(compiled))('are in the built program as they stand in their files', () => {
    const built = JSON.parse(readFileSync(compiled, 'utf8')) as Omit<DeviceProfile, 'origin'>[]
    expect(built).toEqual(profiles.map(({ origin: _, ...profile }) => profile))
  })

  it('list as writable only what the source that they name has as writable, with its range', () => {
    const writable = profiles.flatMap(({ key, registers }) =>
      registers.flatMap(({ name, writable }) => (writable ? [[key, name, writable]] : [])),
    )
    expect(writable).toEqual([
      ['danfoss-fc51', 'frequency-setpoint-percent', { low: 0, high: 100 }],
      ['xy-md02', 'temperature-correction', { low: -10, high: 10 }],
      ['xy-md02', 'humidity-correction', { low: -10, high: 10 }],
    ])
  })

  it('are many, and all can be read', () => {
    expect(problems.map(({ message }) => message)).toEqual([])
    expect(profiles.length).toBeGreaterThanOrEqual(20)
  })

  it.each(profiles.map((profile) => [profile.key, profile] as const))(
    '%s names the public document that it was read from, and its way of counting',
    (key, profile) => {
      expect(profile.origin.path).toContain(`/${key}.yaml`)
      expect(profile.sources.every(({ url }) => url?.startsWith('http'))).toBe(true)
      expect(profile.sources[0]?.addressing).toMatch(/from 0|on the wire|taken off|from 1/)
      expect(profile.triedOnHardware).toBe('no')
      for (const { url } of profile.sources) expect(readme).toContain(`](${url})`)
    },
  )

  it.each(profiles.map((profile) => [profile.key, profile] as const))(
    '%s has no two values in one place, and nothing beyond the last address',
    (_, { registers }) => {
      const places = registers.flatMap((register) =>
        register.bit === null
          ? Array.from({ length: widthOf(register) }, (_, index) => `${register.table} ${register.address + index}`)
          : [],
      )
      expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([])
      expect(Math.max(...registers.map((register) => register.address + widthOf(register)))).toBeLessThanOrEqual(65_536)
    },
  )
})
