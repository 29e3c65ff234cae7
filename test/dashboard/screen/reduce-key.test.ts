import { describe, expect, it } from 'vitest'
import type { KeyPress } from '../../../src/dashboard/keys/key-press.js'
import { addSensor, emptyState, type LiveState } from '../../../src/dashboard/live/live-state.js'
import { paneOf } from '../../../src/dashboard/panes/pane-tree.js'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { type DashboardState, FIRST_SCREEN } from '../../../src/dashboard/screen/dashboard-state.js'
import type { SensorsState } from '../../../src/dashboard/views/sensors/sensors-state.js'
import { alone, focusedState, pressed, typed } from '../pressed.js'
import { START, samplePicture } from '../sample-picture.js'

function plantOf(count: number): LiveState {
  const live = emptyState(START)
  for (let index = 0; index < count; index++) {
    const key = `s${index}`
    addSensor(live, { key, address: `mqtt://h/${key}`, kind: 'other', unit: null, periodMs: 1000, asset: index < 50 ? 'pump' : 'fan' })
  }
  return live
}
const text = (letters: string): KeyPress[] => typed(letters)
const ALONE = alone('sensors')

function press(screen: DashboardState, keys: readonly KeyPress[], live = plantOf(100)) {
  return pressed(samplePicture({ live, screen }), keys)
}
const focused = ({ layout }: DashboardState) => paneOf(layout)
const table = (screen: DashboardState): SensorsState => focusedState(screen) as SensorsState

describe('keys in the table', () => {
  it('move the selection, and the window follows it', () => {
    const after = (...keys: readonly KeyPress[]) => {
      const { screen } = press(ALONE, keys)
      return { selected: screen.selected, top: table(screen).top }
    }
    expect(after({ name: 'down' }, ...text('j'))).toEqual({ selected: 's2', top: 0 })
    expect(after({ name: 'page-down' }, { name: 'page-down' })).toEqual({ selected: 's18', top: 9 })
    expect(after({ name: 'end' })).toEqual({ selected: 's99', top: 90 })
    expect(after({ name: 'end' }, { name: 'home' })).toEqual({ selected: 's0', top: 0 })
    expect(after({ name: 'up' })).toEqual({ selected: 's0', top: 0 })
  })

  it('type a filter after /, in which q and 1 are letters', () => {
    const typed = press(ALONE, [...text('/q1s'), { name: 'backspace' }])
    expect(typed.action).toBeUndefined()
    expect(table(typed.screen)).toMatchObject({ mode: 'filter', filter: 'q1' })
    expect(table(press(typed.screen, [{ name: 'enter' }]).screen)).toMatchObject({ mode: 'table', filter: 'q1' })
    expect(table(press(typed.screen, [{ name: 'escape' }]).screen)).toMatchObject({ mode: 'table', filter: '' })
  })

  it('walk through the sort orders with s and turn them with S', () => {
    expect(table(press(ALONE, text('sssss')).screen).sort).toBe('site')
    expect(press(ALONE, [...text('sS'), { name: 'home' }]).screen.selected).toBe('s99')
  })

  it('put sensors under assets, fold one, and find the others behind it', () => {
    const { screen } = press(ALONE, [...text('t'), { name: 'home' }, { name: 'left' }, { name: 'down' }])
    expect(table(screen)).toMatchObject({ arrangement: 'tree', folded: ['pump'], onAsset: 'fan' })
    expect(press(screen, [{ name: 'down' }]).screen.selected).toBe('s50')
  })

  it('choose, move and sort by columns', () => {
    const { screen } = press(ALONE, [...text('cj '), { name: 'end' }, ...text('kkkk'), { name: 'escape' }])
    expect(table(screen).columns).not.toContain('value')
    const moved = press(ALONE, [...text('cj'), { name: 'right' }, ...text('s'), { name: 'enter' }])
    expect(table(moved.screen)).toMatchObject({ sort: 'value', mode: 'table' })
    expect(table(moved.screen).columns?.slice(0, 3)).toEqual(['sensor', 'unit', 'value'])
  })

  it('do nothing harmful while the table is empty', () => {
    expect(press(ALONE, [{ name: 'end' }, { name: 'down' }], plantOf(0)).screen).toMatchObject({ selected: null })
  })
})

describe('keys of the screen', () => {
  it('hold and go on with space', () => {
    expect(press(ALONE, text(' ')).screen.drawing).toBe('held')
    expect(press(ALONE, text('  ')).screen.drawing).toBe('running')
  })

  it.each([[text('q')], [[{ name: 'escape' }] as const], [text('x')]])('leave the help, and no more than the help', (keys) => {
    const outcome = press(press(ALONE, text('?')).screen, keys)
    expect(outcome.action).toBeUndefined()
    expect(outcome.screen.over).toBeNull()
  })

  it('quit from everywhere with Ctrl-C, and with q unless help is open or a text is typed', () => {
    for (const keys of ['', '?', ':', '/']) {
      const { screen } = press(ALONE, text(keys))
      expect(press(screen, [{ name: 'ctrl-c' }]).action).toEqual({ kind: 'quit' })
      expect(press(screen, text('q')).action).toEqual(keys === '' ? { kind: 'quit' } : undefined)
    }
  })

  it('go to the pane that has a view, or show it in the focused one, which comes back as it was left', () => {
    expect(focused(press(FIRST_SCREEN, text('6')).screen)?.view).toBe('events')
    const devices = press(ALONE, [...text('/s9'), { name: 'enter' }, ...text('5')]).screen
    expect(focused(devices)?.view).toBe('devices')
    expect(table(press(devices, text('1')).screen).filter).toBe('s9')
  })

  it('walk through the panes with Tab, and show one alone with z', () => {
    const views = [0, 1, 2, 3].map((tabs) => focused(press(FIRST_SCREEN, Array<KeyPress>(tabs).fill({ name: 'tab' })).screen)?.view)
    expect(views).toEqual(['sensors', 'charts', 'events', 'sensors'])
    expect(press(FIRST_SCREEN, text('z')).screen.layout.shows).toBe('focused')
    expect(press(FIRST_SCREEN, text('zz')).screen.layout.shows).toBe('all')
  })
})

describe('the command bar', () => {
  const enter: KeyPress = { name: 'enter' }

  it('finds views, layouts and commands by some of their letters', () => {
    expect(focused(press(FIRST_SCREEN, [...text(':devi'), enter]).screen)?.view).toBe('devices')
    expect(focused(press(FIRST_SCREEN, [...text(':lay tab'), enter]).screen)?.view).toBe('sensors')
    expect(press(FIRST_SCREEN, [...text(':quit'), enter]).action).toEqual({ kind: 'quit' })
  })

  it('selects a sensor, even one that the filter hides', () => {
    const { screen } = press(ALONE, [...text('/s1'), enter, ...text(':s77'), enter])
    expect(screen.selected).toBe('s77')
    expect(table(screen).filter).toBe('')
  })

  it('finds a sensor by a part of its topic, behind those that fit by name', () => {
    const { screen, frame } = pressed(samplePicture({ screen: ALONE }), typed(':1883/tank'))
    expect(frame.rows.map(plainRow).join('\n')).toContain('mqtt://10.0.0.5:1883/tank/level')
    expect(screen.over).toMatchObject({ kind: 'command' })
    expect(pressed(samplePicture({ screen: ALONE }), typed(':1883/tank', 'enter')).screen.selected).toBe('tank-3/level')
  })

  it('takes what comes behind a command', () => {
    expect(table(press(ALONE, [...text(':filter s42'), enter]).screen).filter).toBe('s42')
    expect(press(ALONE, [...text(':mark pump on'), enter]).action).toEqual({ kind: 'mark', text: 'pump on' })
  })

  it('completes with Tab, chooses with arrows, and goes back with Esc', () => {
    expect(press(ALONE, [...text(':filt'), { name: 'tab' }]).screen.over).toMatchObject({ text: 'filter ' })
    expect(press(ALONE, [...text(':'), { name: 'down' }]).screen.over).toMatchObject({ chosen: 1 })
    expect(press(ALONE, [...text(':abc'), { name: 'escape' }]).screen.over).toBeNull()
  })

  it('undoes a layout', () => {
    const { screen } = press(FIRST_SCREEN, [...text(':layout table'), enter, ...text(':undo'), enter])
    expect(screen.layout.root.kind).toBe('split')
  })
})
