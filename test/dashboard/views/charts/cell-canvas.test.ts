import { describe, expect, it } from 'vitest'
import { plainRow } from '../../../../src/dashboard/rows/style.js'
import { CellCanvas } from '../../../../src/dashboard/views/charts/cell-canvas.js'

describe('a canvas of cells', () => {
  it('joins the dots of curves that share a cell, in the looks of the last', () => {
    const canvas = new CellCanvas({ columns: 2, rows: 1 })
    canvas.lay(['⠁⠁'], { colour: 'cyan' })
    canvas.lay(['⢀ '], { colour: 'yellow' })
    expect(canvas.row(0)).toEqual([
      { text: '⢁', style: { colour: 'yellow' } },
      { text: '⠁', style: { colour: 'cyan' } },
    ])
  })

  it('keeps a line behind what is drawn', () => {
    const canvas = new CellCanvas({ columns: 3, rows: 1 })
    canvas.put(0, 1, 'x', {})
    for (let column = -1; column < 9; column++) canvas.putBehind(0, column, '┄', {})
    expect(plainRow(canvas.row(0))).toBe('┄x┄')
  })
})
