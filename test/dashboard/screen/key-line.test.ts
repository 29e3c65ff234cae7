import { describe, expect, it } from 'vitest'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { keyLine } from '../../../src/dashboard/screen/key-line.js'
import { layoutLine } from '../../../src/dashboard/screen/layout-mode/layout-mode.js'
import { ARRANGE } from '../../../src/dashboard/screen/layout-mode/layout-over.js'
import { viewById } from '../../../src/dashboard/views/registry.js'
import { VIEW_IDS } from '../../../src/dashboard/views/view-id.js'
import { NO_WORK } from '../../../src/dashboard/work-facts.js'
import { displayWidth } from '../../../src/output/display-width.js'
import { alone, pressed, typed } from '../pressed.js'
import { samplePicture } from '../sample-picture.js'

const WIDTHS = [40, 60, 80] as const
const cases = VIEW_IDS.flatMap((view) => WIDTHS.map((columns) => ({ view, columns })))
const name = (shown: string): string => shown.split('  ')[0] ?? shown

describe('the key line', () => {
  it.each(cases)('of $view has whole words only at $columns columns, and all of the view at 80', ({ view, columns }) => {
    const picture = samplePicture({ screen: alone(view) })
    const row = keyLine(picture, columns)
    const text = plainRow(row)
    expect(displayWidth(text)).toBe(columns)
    expect(text).not.toContain('…')
    expect(text).toMatch(/\? +help/)
    const hints = viewById(view).keys.filter(({ hint }) => hint !== undefined)
    const shown = hints.filter(({ shown: key, hint }) => new RegExp(`${escaped(name(key))} +${escaped(hint ?? '')} `).test(`${text} `))
    // A key stands there with its words, or not at all.
    const keysAlone = row.filter(({ style }) => style?.field === 'reverse').map((span) => span.text.trim())
    for (const { shown: key } of hints) if (keysAlone.includes(name(key))) expect(shown.map((hint) => hint.shown)).toContain(key)
    if (columns === 80) expect(shown).toHaveLength(hints.length)
    else if (hints.length > 0) expect(shown.length).toBeGreaterThan(0)
  })

  it.each([
    ['sensors', '/pu', /Enter +keep the filter.*Esc +clear it.*Ctrl-C +quit/],
    ['sparklines', '/', /Enter +keep the filter/],
    ['log', '/', /Enter +keep the filter/],
    ['sensors', 'c', /Esc +done.*space +show or hide/],
    ['commissioning', 'i', /Enter +go on.*Esc +leave it.*Ctrl-C +quit/],
    ['events', 's', /Enter +go on/],
    ['recordings', 'r', /Enter +go on/],
    ['text', 'e', /Esc +done.*Enter +next line/],
  ] as const)('of %s names only what holds while text is taken (%s)', (view, keys, holds) => {
    const recorder = { proposal: 'runs/a', made: [] }
    const picture = samplePicture({ screen: alone(view), recording: null, work: { ...NO_WORK, recorder } })
    for (const columns of WIDTHS) {
      const { frame } = pressed(picture, typed(keys), { columns, rows: 24 })
      const text = plainRow(frame.rows.at(-1) ?? [])
      expect(text).not.toMatch(/ (q|\?|t|:|L|p) +(quit|help|tree|command|layout|hold)/)
      expect(text).not.toContain('…')
      if (columns === 80) expect(text).toMatch(holds)
    }
    const left = pressed(picture, typed(keys, 'escape'), { columns: 80, rows: 24 })
    expect(plainRow(left.frame.rows.at(-1) ?? [])).toMatch(/\? +help/)
  })

  it('leaves room for a notice, and cuts no hint for it', () => {
    const text = plainRow(keyLine(samplePicture({ screen: alone('charts'), notice: 'mark set' }), 60))
    expect(text).toMatch(/ mark set $/)
    expect(text).not.toContain('…')
  })

  it.each(WIDTHS)('of the layout mode is whole at %d columns, and says how to leave it', (columns) => {
    const text = plainRow(layoutLine(ARRANGE, null, columns))
    expect(text).not.toContain('…')
    expect(text).toMatch(/Esc +done/)
    if (columns === 80) expect(text).toMatch(/\| +split.*- +split.*v +view.*m +move.*r +size.*x +close.*s +save/)
  })
})

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
