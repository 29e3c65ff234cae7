import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { widthOf } from '../../src/drivers/modbus/address.js'
import { loadProfiles } from '../../src/profiles/load-profiles.js'

const { profiles, problems } = await loadProfiles([])
const readme = readFileSync(new URL('../../src/profiles/README.md', import.meta.url), 'utf8')

describe('shipped profiles', () => {
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
