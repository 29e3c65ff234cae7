import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChartTime, FIRST_TIME, restoreTime, SPANS_MS, shownTime } from '../../../../src/dashboard/views/charts/chart-time.js'
import { moveCursor, panTime, toggleCursor, zoomTime } from '../../../../src/dashboard/views/charts/time-steps.js'
import { START, samplePicture } from '../../sample-picture.js'

const CELLS = 60
const picture = samplePicture()
const NOW = picture.moment.now / 1000
const shownOf = (time: ChartTime) => shownTime(picture, [0], time, CELLS)

describe('the time that a chart shows', () => {
  it('is the shortest span that holds what there is, until somebody chooses one', () => {
    const { fromMs, untilMs } = shownOf(FIRST_TIME)
    expect(untilMs - fromMs).toBe(30_000)
    expect(fromMs).toBeLessThan(START / 1000 + 1000)
  })

  it('goes on a whole cell at a time', () => {
    const starts = new Set(
      Array.from({ length: 20 }, (_, step) => {
        const moment = { ...picture.moment, now: picture.moment.now + step * 100_000 }
        return shownTime({ ...picture, moment }, [0], FIRST_TIME, CELLS).fromMs
      }),
    )
    expect(starts.size).toBeLessThanOrEqual(5)
  })

  it('keeps what lies under the cursor where it is while somebody zooms', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: CELLS - 1 }),
        fc.constantFrom('in', 'out'),
        fc.constantFrom(...SPANS_MS.slice(1, -1)),
        (cell, way, spanMs) => {
          const before = shownOf({ ...FIRST_TIME, spanMs })
          const time = { spanMs, untilMs: null, cursorMs: before.fromMs + (cell + 0.5) * before.cellMs }
          const after = shownOf(zoomTime(time, shownOf(time), way))
          // The grid of cells moves the edges by less than two of them.
          expect(Math.abs((after.cursorCell ?? Number.NaN) - cell)).toBeLessThanOrEqual(2)
        },
      ),
    )
  })

  it('comes back to now by as many steps as it went, and goes on', () => {
    const first = { ...FIRST_TIME, spanMs: 60_000 }
    let time: ChartTime = first
    for (let step = 0; step < 5; step++) time = panTime(time, shownOf(time), -1, picture)
    expect(time.untilMs).toBe(NOW - 5 * 15_000)
    for (let step = 0; step < 5; step++) time = panTime(time, shownOf(time), 1, picture)
    expect(time.untilMs).toBeNull()
  })

  it('stands still while it is in the past, though time goes on', () => {
    const time = panTime(FIRST_TIME, shownOf(FIRST_TIME), -1, picture)
    const later = { ...picture, moment: { ...picture.moment, now: picture.moment.now + 60e6 } }
    expect(shownTime(later, [0], time, CELLS)).toEqual(shownOf(time))
  })

  it('moves with the cursor at its edge, as far as a day', () => {
    let time: ChartTime = toggleCursor({ ...FIRST_TIME, spanMs: 86_400_000 }, shownOf({ ...FIRST_TIME, spanMs: 86_400_000 }))
    for (let step = 0; step < 400; step++) time = moveCursor(time, shownOf(time), -1, picture)
    expect(shownOf(time).cursorCell).toBe(0)
    expect(NOW - (time.untilMs ?? NOW)).toBe(86_400_000)
  })

  it('comes out of a layout file with its span, and only with one that there is', () => {
    expect(restoreTime({ spanMs: 300_000, untilMs: 5, cursorMs: 7 })).toEqual({ ...FIRST_TIME, spanMs: 300_000 })
    for (const spanMs of [0, -1, 1e99, '60000', null]) expect(restoreTime({ spanMs })).toEqual(FIRST_TIME)
  })
})
