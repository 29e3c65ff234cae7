import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addSensor } from '../../../../src/dashboard/live/live-state.js'
import { reduceFreight } from '../../../../src/dashboard/live/reduce.js'
import type { Picture } from '../../../../src/dashboard/picture.js'
import { plainRow } from '../../../../src/dashboard/rows/style.js'
import { viewById } from '../../../../src/dashboard/views/registry.js'
import type { ViewId } from '../../../../src/dashboard/views/view-id.js'
import { batchOf } from '../../../../src/readings/batch.js'
import { alone, pressed } from '../../pressed.js'
import { SENSORS, START, samplePicture } from '../../sample-picture.js'

const NAMES = [
  'pump-247/vibration-drive-end-radial-horizontal',
  'pump-247/vibration-drive-end-radial-vertical',
  'pump-247/vibration-free-end-radial-horizontal',
  'pump-247/vibration-free-end-radial-vertical',
  'pump-247/vibration-drive-end-axial',
  'pump-248/vibration-drive-end-radial-horizontal',
  'pump-248/vibration-drive-end-radial-vertical',
]

function withNames(view: ViewId, names: readonly string[]): Picture {
  const picture = samplePicture({ screen: alone(view) })
  for (const key of names)
    addSensor(picture.live, { key, address: `mqtt://10.0.0.5:1883/${key}`, kind: 'velocity', unit: 'mm/s', periodMs: 1000 })
  return picture
}

/** The first words of the rows of sensors, as long as the column is. */
function shownNames(view: ViewId, names: readonly string[], columns: number): string[] {
  const picture = withNames(view, names)
  const state = viewById(view).first()
  const { rows } = viewById(view).compose(picture, { state, size: { columns, rows: 40 } })
  const texts = rows.map((row) => row.map(({ text }) => text))
  // The name is the span behind the marker.
  return texts.slice(-names.length).map((spans) => (view === 'sensors' ? (spans[1] ?? '') : (spans[0] ?? '')))
}

describe('names of sensors in lists', () => {
  it.each([30, 38, 60, 80, 140])('never look alike in the table at %i columns', (columns) => {
    const shown = shownNames('sensors', NAMES, columns)
    expect(new Set(shown).size).toBe(NAMES.length)
  })

  it.each([30, 38, 60, 80, 140])('never look alike among sparklines at %i columns', (columns) => {
    expect(new Set(shownNames('sparklines', NAMES, columns)).size).toBe(NAMES.length)
  })

  it('never look alike, whatever they are, and fill their column', () => {
    const name = fc.stringMatching(/^pump-2\/[abé電]{1,30}$/)
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 20 }), fc.integer({ min: 40, max: 140 }), (names, columns) => {
        expect(new Set(shownNames('sensors', names, columns)).size).toBe(names.length)
      }),
      { numRuns: 100 },
    )
  })

  it('leave the columns behind them where they are', () => {
    const { frame } = pressed(withNames('sensors', NAMES), [], { columns: 60, rows: 30 })
    const ends = frame.rows.map(plainRow).filter((row) => row.includes('waiting') && row.includes('·'))
    expect(new Set(ends.map((row) => row.indexOf('waiting'))).size).toBe(1)
  })
})

it.each([40, 60, 80, 140])('letters of a limit stand apart from the name in %i columns', (columns) => {
  const picture = samplePicture({ screen: alone('sensors') })
  const at = START + 20e6
  reduceFreight(picture.live, batchOf([SENSORS[0]?.key ?? ''], at, [{ sensor: 0, measuredAt: at, value: 99 }]))
  const text = pressed(picture, [], { columns, rows: 20 }).frame.rows.map(plainRow).join('\n')
  expect(text).toMatch(/▸HH […\w]/)
})
