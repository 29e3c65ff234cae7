import { describe, expect, it } from 'vitest'
import { panesOf } from '../../../src/dashboard/panes/pane-tree.js'
import { type DashboardState, FIRST_SCREEN } from '../../../src/dashboard/screen/dashboard-state.js'
import { pressed, typed } from '../pressed.js'
import { samplePicture } from '../sample-picture.js'

const views = ({ layout }: DashboardState) => panesOf(layout.root).map(({ view }) => view)
const after = (...keys: readonly string[]) => pressed(samplePicture({ screen: FIRST_SCREEN }), typed(...keys))

describe('a number key', () => {
  it('goes to the pane that shows its view, and stays there', () => {
    const { screen } = after('33')
    expect(views(screen)).toEqual(['sensors', 'charts', 'events'])
    expect(screen.layout.focus).toBe(2)
  })

  it('puts a view that is nowhere into the pane with the focus, and says how to come back', () => {
    const { screen, action } = after('5')
    expect(views(screen)).toEqual(['devices', 'charts', 'events'])
    expect(action).toEqual({ kind: 'say', text: '5 again: sensors here' })
  })

  it('brings back what was there when it is pressed again, as it was left', () => {
    const { screen } = after('/pump', 'enter', 'down', '55')
    expect(views(screen)).toEqual(['sensors', 'charts', 'events'])
    expect(panesOf(screen.layout.root)[0]?.state).toMatchObject({ filter: 'pump' })
  })

  it('remembers over several glances what stood there first', () => {
    expect(views(after('577').screen)).toEqual(['sensors', 'charts', 'events'])
    expect(views(after('571').screen)).toEqual(['sensors', 'charts', 'events'])
    expect(views(after('5711').screen)).toEqual(['sensors', 'charts', 'events'])
  })
})
