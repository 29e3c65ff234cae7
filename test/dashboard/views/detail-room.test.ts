import { describe, expect, it } from 'vitest'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { alone, pressed } from '../pressed.js'
import { samplePicture } from '../sample-picture.js'

describe('a low pane of the detail', () => {
  it('fills the room with facts where the chart does not fit', () => {
    const picture = samplePicture({ screen: alone('detail') })
    const { rows } = pressed({ ...picture, screen: { ...picture.screen, selected: 'pump-247/flow' } }, [], { columns: 80, rows: 13 }).frame
    expect(rows.map(plainRow).filter((row) => row.trim() === '')).toEqual([])
  })
})
