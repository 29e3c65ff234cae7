import { describe, expect, it } from 'vitest'
import { emptyState } from '../../../src/dashboard/live/live-state.js'
import type { Picture } from '../../../src/dashboard/picture.js'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { composeFrame } from '../../../src/dashboard/screen/compose-frame.js'
import type { DashboardState } from '../../../src/dashboard/screen/dashboard-state.js'
import { VIEW_IDS, type ViewId } from '../../../src/dashboard/views/view-id.js'
import { alone, pressed, typed } from '../pressed.js'
import { START, samplePicture } from '../sample-picture.js'

const SIZE = { columns: 80, rows: 40 }
const LISTED: Partial<Record<ViewId, RegExp>> = { events: /^ \d\d:\d\d:\d\d/, commissioning: /^ [?✓✗~·] / }
const cutRows = (picture: Picture): string[] =>
  composeFrame(picture, SIZE)
    .rows.map((row) => plainRow(row).trimEnd())
    .filter((row) => row.endsWith('…'))

/** Without sensors, lines, events: every view says what is missing. */
function nothingYet(screen: DashboardState): Picture {
  return samplePicture({ live: emptyState(START), screen, recording: null, commissioning: null })
}

describe('what explains something', () => {
  it.each(VIEW_IDS)('%s says in whole sentences what is missing, at 80 columns', (view) => {
    expect(cutRows(nothingYet(alone(view)))).toEqual([])
  })

  it.each(VIEW_IDS)('%s explains itself in whole sentences where a sensor has nothing to show, at 80 columns', (view) => {
    for (const selected of ['pump-247/acceleration', 'pump-247/flow', 'not/in-this-run']) {
      const picture = samplePicture({ screen: { ...alone(view), selected }, title: 'North' })
      // Lists of events and of checks may be cut: the row with the cursor is told in full.
      const cut = cutRows(picture).filter((row) => !LISTED[view]?.test(row))
      expect(cut, selected).toEqual([])
    }
  })

  it.each(VIEW_IDS)('the help of %s has whole sentences at 80 columns, on all its pages', (view) => {
    for (let top = 0; top < 80; top += 20) {
      expect(cutRows(samplePicture({ screen: { ...alone(view), over: { kind: 'help', top } } }))).toEqual([])
    }
  })

  it('is whole in the lists of commands, of views and of columns', () => {
    const screens: Record<string, readonly string[]> = {
      commands: [':'],
      views: ['L', 'v'],
      columns: ['c'],
      arrange: ['L'],
      more: [':', 'down', 'down'],
    }
    for (const [name, keys] of Object.entries(screens)) {
      const { screen } = pressed(samplePicture(), typed(...keys), SIZE)
      for (let step = 0; step < 3; step++) {
        const { frame } = pressed(samplePicture({ screen }), typed(...Array.from({ length: step * 12 }, () => 'down')), SIZE)
        const cut = frame.rows.map((row) => plainRow(row).trimEnd()).filter((row) => row.endsWith('…') && !/\d\d:\d\d:\d\d/.test(row))
        expect(cut, name).toEqual([])
      }
    }
  })
})
