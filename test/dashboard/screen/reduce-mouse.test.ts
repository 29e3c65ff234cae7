import { describe, expect, it } from 'vitest'
import { paneOf } from '../../../src/dashboard/panes/pane-tree.js'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { composeFrame } from '../../../src/dashboard/screen/compose-frame.js'
import { reduceMouse } from '../../../src/dashboard/screen/reduce-mouse.js'
import { SENSORS, samplePicture } from '../sample-picture.js'

const SIZE = { columns: 140, rows: 40 }
const frame = composeFrame(samplePicture(), SIZE)
const { screen } = frame.picture

function rowOf(text: string): number {
  return frame.rows.findIndex((row) => plainRow(row).includes(text))
}

function click(row: number, press: 'left' | 'wheel-down' | 'right' = 'left', column = 5) {
  return reduceMouse(screen, { kind: 'mouse', press, column, row }, frame).screen
}

describe('the mouse', () => {
  it('selects the sensor whose row is clicked', () => {
    expect(click(rowOf('pump-247/flow')).selected).toBe('pump-247/flow')
    expect(click(rowOf(' tank-3/level')).selected).toBe('tank-3/level')
  })

  it('scrolls by three rows with the wheel, as three keys would', () => {
    expect(click(rowOf('pump-247/flow'), 'wheel-down').selected).toBe(SENSORS[3]?.key)
  })

  it('focuses the pane that is clicked, and does nothing elsewhere or with other buttons', () => {
    const events = rowOf('6 events')
    const column = plainRow(frame.rows[events] ?? []).indexOf('6 events') + 2
    expect(paneOf(click(events + 1, 'left', column).layout)?.view).toBe('events')
    expect(click(0)).toEqual(screen)
    expect(click(rowOf('pump-247/flow'), 'right').selected).toBe(screen.selected)
  })
})
