import { describe, expect, it } from 'vitest'
import type { DashboardAction } from '../../../src/dashboard/actions/dashboard-action.js'
import type { KeyPress } from '../../../src/dashboard/keys/key-press.js'
import { panesOf } from '../../../src/dashboard/panes/pane-tree.js'
import { layoutOf, PRESETS } from '../../../src/dashboard/panes/presets.js'
import { saveLayout } from '../../../src/dashboard/panes/saved-layout.js'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { composeFrame } from '../../../src/dashboard/screen/compose-frame.js'
import { FIRST_SCREEN } from '../../../src/dashboard/screen/dashboard-state.js'
import { openLayout } from '../../../src/dashboard/screen/open-layout.js'
import { reduceKey } from '../../../src/dashboard/screen/reduce-key.js'
import { samplePicture } from '../sample-picture.js'

const SIZE = { columns: 140, rows: 40 } as const
const NAMED: Readonly<Record<string, KeyPress>> = {
  '<enter>': { name: 'enter' },
  '<esc>': { name: 'escape' },
  '<left>': { name: 'left' },
  '<right>': { name: 'right' },
  '<up>': { name: 'up' },
  '<down>': { name: 'down' },
}

/** Keys as a person presses them, a frame between any two. */
function press(keys: string, screen = { ...FIRST_SCREEN, layout: layoutOf('table') }) {
  let frame = composeFrame(samplePicture({ screen }), SIZE)
  const actions: DashboardAction[] = []
  for (const [key] of keys.matchAll(/<[a-z]+>|./g)) {
    const { screen: next, action } = reduceKey(frame.picture.screen, NAMED[key] ?? { name: 'text', text: key }, frame)
    if (action) actions.push(action)
    frame = composeFrame(samplePicture({ screen: next }), SIZE)
  }
  const { layout, over } = frame.picture.screen
  const views = panesOf(layout.root).map(({ view }) => view)
  return { frame, layout, over, views, actions, focused: panesOf(layout.root).find(({ id }) => id === layout.focus)?.view }
}

describe('arranging panes by keys', () => {
  it('splits, picks a view by some letters of it, and closes again', () => {
    const { views, over } = press('L|gauge<enter>-events<enter>')
    expect(views).toEqual(['sensors', 'gauge', 'events'])
    expect(over).toMatchObject({ kind: 'layout', step: 'arrange' })
    expect(press('L|gauge<enter>-events<enter>xx<esc>')).toMatchObject({ views: ['sensors'], over: null })
  })

  it('goes to the pane on a side, swaps with it, and gives a pane more room', () => {
    const begin = 'L|gauge<enter>'
    expect(press(`${begin}<left>`).focused).toBe('sensors')
    expect(press(`${begin}<left><right>`).focused).toBe('gauge')
    expect(press(`${begin}m<left>`).views).toEqual(['gauge', 'sensors'])
    const widths = (keys: string): readonly number[] => press(keys).frame.placed.map(({ rect }) => rect.columns)
    const [before = 0] = widths(begin)
    expect(widths(`${begin}r<left>`)[0]).toBeGreaterThan(before)
    expect(widths(`${begin}r<right>`)[0]).toBeLessThan(before)
  })

  it('takes back each edit by undo', () => {
    const { layout } = press('L|gauge<enter>r<left>m<left>uuuu')
    expect(layout.root).toMatchObject({ kind: 'pane', view: 'sensors' })
  })

  it('saves under a name, and says which names are none', () => {
    const { actions } = press('L|gauge<enter>sevening shift<enter>')
    expect(actions).toMatchObject([{ kind: 'save-layout', into: 'user', file: { schema: 'chatterfix/layout/1', name: 'evening shift' } }])
    expect(press('LSall<enter>').actions).toMatchObject([{ kind: 'save-layout', into: 'site' }])
    expect(press('Ls../x<enter>').actions).toMatchObject([{ kind: 'say' }])
  })

  it('keeps panes and what was chosen in them through a file', () => {
    const { layout } = press('L|text<enter><esc>ehello<esc>')
    const file = JSON.parse(JSON.stringify(saveLayout('mine', layout))) as ReturnType<typeof saveLayout>
    const { root } = openLayout(file)
    expect(panesOf(root).map(({ view, state }) => [view, state])).toMatchObject([
      ['sensors', { filter: '' }],
      ['text', { text: 'hello' }],
    ])
  })

  it('shows a saved layout by :', () => {
    const file = saveLayout('night', layoutOf('executive'))
    const picture = samplePicture({
      layouts: [file],
      screen: { ...FIRST_SCREEN, over: { kind: 'command', text: 'layout nig', chosen: 0 } },
    })
    const { screen } = reduceKey(picture.screen, { name: 'enter' }, composeFrame(picture, SIZE))
    expect(panesOf(screen.layout.root).map(({ view }) => view)).toEqual(['summary', 'health', 'coverage'])
  })
})

describe('layouts for people', () => {
  it.each(
    PRESETS.filter(({ name }) => ['technician', 'operations', 'executive'].includes(name)).flatMap(({ name }) =>
      ([60, 80, 140] as const).map((columns) => [name, columns] as const),
    ),
  )('%s looks like this at %d columns', async (name, columns) => {
    const rows = columns === 140 ? 40 : 24
    const picture = samplePicture({ screen: { ...FIRST_SCREEN, layout: layoutOf(name), selected: 'pump-247/drive-end-velocity' } })
    const text = composeFrame(picture, { columns, rows })
      .rows.map((row) => plainRow(row).trimEnd())
      .join('\n')
    await expect(`${text}\n`).toMatchFileSnapshot(`../../frames/${name}-${columns}x${rows}.txt`)
  })
})
