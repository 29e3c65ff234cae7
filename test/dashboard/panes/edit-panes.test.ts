import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changePane, closePane, focusNext, focusPane, resizePane, splitPane, swapPanes } from '../../../src/dashboard/panes/edit-panes.js'
import { layoutFileSchema } from '../../../src/dashboard/panes/layout-file.js'
import { editLayout, type LayoutPast, undoLayout } from '../../../src/dashboard/panes/layout-past.js'
import { MOST_PANES, type PaneLayout, type PaneTree, panesOf, SMALLEST_SHARE } from '../../../src/dashboard/panes/pane-tree.js'
import { placePanes } from '../../../src/dashboard/panes/place-panes.js'
import { layoutOf, PRESETS } from '../../../src/dashboard/panes/presets.js'
import { layoutFrom, saveLayout } from '../../../src/dashboard/panes/saved-layout.js'
import { VIEW_IDS } from '../../../src/dashboard/views/view-id.js'

const id = fc.integer({ min: 1, max: 20 })
const along = fc.constantFrom('rows', 'columns')
type Edit = (layout: PaneLayout) => PaneLayout
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ id, along, view: fc.constantFrom(...VIEW_IDS) }).map(
    (part): Edit =>
      (layout) =>
        splitPane(layout, part.id, part),
  ),
  fc.record({ id, along, view: fc.constantFrom(...VIEW_IDS) }).map(
    (part): Edit =>
      (layout) =>
        splitPane(layout, layout.focus, part),
  ),
  id.map(
    (pane): Edit =>
      (layout) =>
        closePane(layout, pane),
  ),
  fc.tuple(id, id).map(
    ([one, two]): Edit =>
      (layout) =>
        swapPanes(layout, one, two),
  ),
  fc.record({ id, along, by: fc.double({ min: -1, max: 1, noNaN: true }) }).map(
    (size): Edit =>
      (layout) =>
        resizePane(layout, size.id, size),
  ),
  id.map(
    (pane): Edit =>
      (layout) =>
        focusPane(layout, pane),
  ),
  fc.constantFrom<1 | -1>(1, -1).map(
    (step): Edit =>
      (layout) =>
        focusNext(layout, step),
  ),
)
const layout = fc.array(edit, { maxLength: 40 }).map((edits) => edits.reduce((made, change) => change(made), layoutOf('overview')))

const sharesOf = (tree: PaneTree): number[] => (tree.kind === 'pane' ? [] : [tree.share, ...sharesOf(tree.first), ...sharesOf(tree.second)])

describe('a layout', () => {
  it('stays one, whatever is done to it', () => {
    fc.assert(
      fc.property(layout, (made) => {
        const ids = panesOf(made.root).map((pane) => pane.id)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).toContain(made.focus)
        expect(ids.length).toBeLessThanOrEqual(MOST_PANES)
        for (const share of sharesOf(made.root)) {
          expect(share).toBeGreaterThanOrEqual(SMALLEST_SHARE)
          expect(share).toBeLessThanOrEqual(1 - SMALLEST_SHARE)
        }
      }),
    )
  })

  it('fills its place without overlap at every size, the pane with the focus among what is shown', () => {
    fc.assert(
      fc.property(layout, fc.integer({ min: 1, max: 250 }), fc.integer({ min: 1, max: 90 }), (made, columns, rows) => {
        const placed = placePanes(made, { column: 0, row: 0, columns, rows })
        expect(placed.map(({ pane }) => pane.id)).toContain(made.focus)
        const taken = new Uint8Array(columns * rows)
        for (const { rect } of placed)
          for (let row = rect.row; row < rect.row + rect.rows; row++)
            for (let column = rect.column; column < rect.column + rect.columns; column++) {
              expect(row < rows && column < columns).toBe(true)
              const cell = row * columns + column
              taken[cell] = (taken[cell] ?? 0) + 1
            }
        expect(Math.max(...taken)).toBe(1)
        // What nobody has is the line between panes that lie side by side.
        for (let row = 0; row < rows; row++) {
          const free = taken.subarray(row * columns, (row + 1) * columns).reduce((count, cell) => count + Number(cell === 0), 0)
          expect(free).toBeLessThan(placed.length)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('undoes edit after edit, and keeps what was chosen in the panes meanwhile', () => {
    const first: LayoutPast = { layout: layoutOf('overview'), earlier: [] }
    const split = editLayout(first, splitPane(first.layout, 1, { along: 'rows', view: 'log' }))
    const chosen = { ...split, layout: changePane(split.layout, 1, { state: { filter: 'pump' } }) }
    const back = undoLayout(chosen)
    expect(panesOf(back.layout.root).map(({ view }) => view)).toEqual(['sensors', 'charts', 'events'])
    expect(panesOf(back.layout.root)[0]?.state).toEqual({ filter: 'pump' })
    expect(undoLayout(back)).toEqual(back)
    expect(editLayout(first, closePane(first.layout, 99))).toBe(first)
  })

  it('is the same after it was saved and read again', () => {
    fc.assert(
      fc.property(layout, (made) => {
        const file = layoutFileSchema.parse(JSON.parse(JSON.stringify(saveLayout('mine', made))))
        const again = layoutFrom(file, (_, state) => state)
        expect(saveLayout('mine', again)).toEqual(saveLayout('mine', made))
      }),
    )
  })

  it('is refused from a file that nobody could show', () => {
    const good = saveLayout('mine', layoutOf('overview'))
    expect(layoutFileSchema.safeParse(good).success).toBe(true)
    expect(layoutFileSchema.safeParse({ ...good, schema: 'chatterfix/layout/2' }).success).toBe(false)
    expect(layoutFileSchema.safeParse({ ...good, root: { view: 'no-such-view' } }).success).toBe(false)
    expect(
      layoutFileSchema.safeParse({ ...good, root: { along: 'rows', share: 2, first: { view: 'log' }, second: { view: 'log' } } }).success,
    ).toBe(false)
    const many = Array.from({ length: MOST_PANES }).reduce<object>(
      (tree) => ({ along: 'rows', share: 0.5, first: tree, second: { view: 'log' } }),
      { view: 'log' },
    )
    expect(layoutFileSchema.safeParse({ ...good, root: many }).success).toBe(false)
  })

  it.each(PRESETS.map(({ name }) => [name]))('preset %s has panes with ids of their own', (name) => {
    const ids = panesOf(layoutOf(name).root).map((pane) => pane.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toContain(1)
  })
})

describe('panes on a narrow screen', () => {
  const placed = (columns: number, rows: number) =>
    placePanes(layoutOf('overview'), { column: 0, row: 0, columns, rows }).map(
      ({ pane, rect }) => `${pane.view} ${rect.columns}×${rect.rows}`,
    )

  it('lie side by side where there is room, else above each other, else one is left', () => {
    expect(placed(140, 26)).toEqual(['sensors 140×16', 'charts 86×10', 'events 53×10'])
    expect(placed(80, 20)).toEqual(['sensors 80×10', 'charts 80×5', 'events 80×5'])
    expect(placed(80, 12)).toEqual(['sensors 80×7', 'charts 80×5'])
    expect(placed(40, 7)).toEqual(['sensors 40×7'])
  })
})
