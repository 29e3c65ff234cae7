import { describe, expect, it } from 'vitest'
import { resizePane } from '../../../src/dashboard/panes/edit-panes.js'
import { layoutFileSchema } from '../../../src/dashboard/panes/layout-file.js'
import type { PaneLayout, PaneTree } from '../../../src/dashboard/panes/pane-tree.js'
import { placePanes, type RowsWanted } from '../../../src/dashboard/panes/place-panes.js'
import { layoutFrom, saveLayout } from '../../../src/dashboard/panes/saved-layout.js'
import { FIRST_SCREEN } from '../../../src/dashboard/screen/dashboard-state.js'
import { VIEWS } from '../../../src/dashboard/views/registry.js'
import type { ViewId } from '../../../src/dashboard/views/view-id.js'
import { samplePicture } from '../sample-picture.js'

const pane = (id: number, view: ViewId): PaneTree => ({ kind: 'pane', id, view })
const above = (share: number, first: PaneTree, second: PaneTree): PaneLayout => {
  return { root: { kind: 'split', along: 'rows', share, first, second }, focus: 1, shows: 'all' }
}
const heights = (layout: PaneLayout, rowsWanted: RowsWanted, rows = 40): number[] =>
  placePanes(layout, { column: 0, row: 0, columns: 80, rows }, rowsWanted).map(({ rect }) => rect.rows)
const wants = (wanted: Partial<Record<ViewId, number>>): RowsWanted => {
  return ({ view }) => wanted[view]
}

describe('rows that a pane has no use for', () => {
  it('go to the table above or below it', () => {
    expect(heights(above(0.5, pane(1, 'sensors'), pane(2, 'events')), wants({ sensors: 60, events: 5 }))).toEqual([35, 5])
    expect(heights(above(0.5, pane(1, 'devices'), pane(2, 'sensors')), wants({ sensors: 60, devices: 5 }))).toEqual([5, 35])
  })

  it('go to it also where a pane needs less than the least that others get', () => {
    expect(heights(above(0.5, pane(1, 'sensors'), pane(2, 'sparklines')), wants({ sensors: 60, sparklines: 3 }))).toEqual([37, 3])
  })

  it('lie at the lower end where nobody has use for them, so that a list that grows moves nothing', () => {
    expect(heights(above(0.5, pane(1, 'health'), pane(2, 'events')), wants({ health: 6, events: 9 }))).toEqual([6, 34])
  })

  it('stay where somebody sized the panes by hand, also out of a file', () => {
    const wanted = wants({ sensors: 60, events: 5 })
    const sized = resizePane(above(0.5, pane(1, 'sensors'), pane(2, 'events')), 2, { along: 'rows', by: 0.1 })
    expect(heights(sized, wanted)).toEqual([16, 24])
    const file = layoutFileSchema.parse(JSON.parse(JSON.stringify(saveLayout('mine', sized))))
    expect(
      heights(
        layoutFrom(file, (_, state) => state),
        wanted,
      ),
    ).toEqual([16, 24])
  })
})

describe('a view', () => {
  const picture = samplePicture({ screen: { ...FIRST_SCREEN, selected: 'pump-247/drive-end-velocity' } })
  const modest = VIEWS.filter((view) => view.rowsWanted).flatMap((view) => [38, 80, 140].map((columns) => ({ view, columns })))
  /** Lists ask in steps, so that not every entry moves the panes. */
  const STEP = 4

  it.each(modest)('$view.id asks for no more rows than it fills at $columns columns', ({ view, columns }) => {
    const state = view.first()
    const wanted = view.rowsWanted?.(picture, { state, columns }) ?? 0
    const { rows } = view.compose(picture, { state, size: { columns, rows: wanted + 20 } })
    expect(wanted).toBeGreaterThanOrEqual(rows.length)
    expect(wanted - rows.length).toBeLessThan(STEP)
  })

  it('that lists what happened asks for few rows while there is little', () => {
    for (const id of ['events', 'log'] as const) {
      const view = VIEWS.find((known) => known.id === id)
      const wanted = view?.rowsWanted?.(picture, { state: view.first(), columns: 80 })
      expect(wanted, id).toBeLessThanOrEqual(8)
    }
  })
})
