import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SCREEN_KEYS } from '../../../src/dashboard/screen/screen-keys.js'
import { VIEWS } from '../../../src/dashboard/views/registry.js'
import { VIEW_IDS } from '../../../src/dashboard/views/view-id.js'
import { samplePicture } from '../sample-picture.js'

const views = VIEWS.map((view) => [view.id, view] as const)

describe('the table of views', () => {
  it('has every view once, in the order of the number keys', () => {
    expect(VIEWS.map(({ id }) => id)).toEqual([...VIEW_IDS])
  })

  it.each(views)('%s claims no key that means something everywhere, and none twice', (_, { keys }) => {
    const taken = new Set(SCREEN_KEYS.flatMap(({ press }) => press))
    const own = keys.flatMap(({ press }) => press)
    expect(own.filter((key) => taken.has(key))).toEqual([])
    expect(new Set(own).size).toBe(own.length)
  })

  it.each(views)('%s keeps a state that survives being saved as JSON', (_, view) => {
    const first = view.first()
    expect(JSON.parse(JSON.stringify(first))).toEqual(first)
    expect(view.restore(JSON.parse(JSON.stringify(first)))).toEqual(first)
  })

  it.each(views)('%s draws whatever somebody wrote into a layout file', (_, view) => {
    const picture = samplePicture()
    const scraps = fc.record(
      Object.fromEntries(
        Object.keys(view.first() as object).map((name) => [
          name,
          fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()), fc.constant(null)),
        ]),
      ),
    )
    fc.assert(
      fc.property(fc.oneof(scraps, fc.jsonValue()), (saved) => {
        const state = view.restore(saved)
        view.compose(picture, { state, size: { columns: 70, rows: 12 } })
      }),
      { numRuns: 40 },
    )
  })
})
