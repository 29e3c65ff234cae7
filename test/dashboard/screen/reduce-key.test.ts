import { describe, expect, it } from 'vitest'
import type { KeyPress } from '../../../src/dashboard/keys/key-press.js'
import { FIRST_VIEW, reduceKey, settleView, type ViewState } from '../../../src/dashboard/screen/dashboard-state.js'

const table = { order: Array.from({ length: 100 }, (_, index) => `s${index}`), visibleRows: 10 }
const text = (letter: string): KeyPress => ({ name: 'text', text: letter })

function press(view: ViewState, ...keys: readonly KeyPress[]): ViewState {
  return keys.reduce((state, key) => settleView(reduceKey(state, key, table).view, table), settleView(view, table))
}

describe('keys', () => {
  it('move the selection, and the window follows it', () => {
    expect(press(FIRST_VIEW, { name: 'down' }, text('j'))).toMatchObject({ selected: 's2', top: 0 })
    expect(press(FIRST_VIEW, { name: 'page-down' }, { name: 'page-down' })).toMatchObject({ selected: 's18', top: 9 })
    expect(press(FIRST_VIEW, { name: 'end' })).toMatchObject({ selected: 's99', top: 90 })
    expect(press(FIRST_VIEW, { name: 'end' }, { name: 'home' })).toMatchObject({ selected: 's0', top: 0 })
    expect(press(FIRST_VIEW, { name: 'up' })).toMatchObject({ selected: 's0', top: 0 })
  })

  it('type a filter after /, in which q is a letter', () => {
    const typed = press(FIRST_VIEW, text('/'), text('q'), text('s'), { name: 'backspace' })
    expect(typed).toMatchObject({ mode: 'filter', filter: 'q' })
    expect(press(typed, { name: 'enter' })).toMatchObject({ mode: 'table', filter: 'q' })
    expect(press(typed, { name: 'escape' })).toMatchObject({ mode: 'table', filter: '' })
  })

  it('hold and go on with space, and walk through the sort orders with s', () => {
    expect(press(FIRST_VIEW, text(' ')).drawing).toBe('held')
    expect(press(FIRST_VIEW, text(' '), text(' ')).drawing).toBe('running')
    expect(press(FIRST_VIEW, text('s'), text('s'), text('s'), text('s'), text('s')).sort).toBe('site')
  })

  it('quit from everywhere with Ctrl-C, and with q unless a filter is typed', () => {
    for (const mode of ['table', 'help', 'filter'] as const)
      expect(reduceKey({ ...FIRST_VIEW, mode }, { name: 'ctrl-c' }, table).action).toBe('quit')
    expect(reduceKey({ ...FIRST_VIEW, mode: 'help' }, text('q'), table).action).toBe('quit')
    expect(reduceKey({ ...FIRST_VIEW, mode: 'filter' }, text('q'), table).action).toBeNull()
  })

  it('do nothing harmful while the table is empty', () => {
    const empty = { order: [], visibleRows: 3 }
    expect(settleView(reduceKey(FIRST_VIEW, { name: 'end' }, empty).view, empty)).toMatchObject({ selected: null, top: 0 })
  })
})
