import { expect, test } from 'vitest'
import { systemClock } from '../../src/cli/system-clock.js'
import { draftSite } from '../../src/discovery/draft-site.js'
import { surroundings } from '../acquisition/fake-driver.js'

const finding = { access: 'open', description: 'a plant', confidence: 1, identity: null, evidence: 'asked', safety: 'passive' } as const

test('a first site file names the speed sensor of an asset that has exactly one', async () => {
  const around = surroundings(systemClock, new AbortController().signal)
  const { site } = await draftSite([{ ...finding, address: 'simulator://pump-set?seed=7' }], { name: 's', around })
  expect(site.assets.find(({ key }) => key === 'pump-247')).toEqual({ key: 'pump-247', speedSensor: 'pump-247/speed' })
})
