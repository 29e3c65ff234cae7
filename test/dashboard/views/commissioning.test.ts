import { describe, expect, it } from 'vitest'
import { EMPTY_SHEET, type SheetEntry, type Sheets, withEntry } from '../../../src/commissioning/sheet.js'
import type { DashboardAction } from '../../../src/dashboard/actions/dashboard-action.js'
import type { KeyPress } from '../../../src/dashboard/keys/key-press.js'
import { layoutOf } from '../../../src/dashboard/panes/presets.js'
import type { Picture } from '../../../src/dashboard/picture.js'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { composeFrame } from '../../../src/dashboard/screen/compose-frame.js'
import { FIRST_SCREEN } from '../../../src/dashboard/screen/dashboard-state.js'
import { reduceKey } from '../../../src/dashboard/screen/reduce-key.js'
import { showView } from '../../../src/dashboard/screen/show-view.js'
import { samplePicture } from '../sample-picture.js'

const SIZE = { columns: 100, rows: 30 } as const
const SENSOR = 'pump-247/drive-end-velocity'
const NAMED: Readonly<Record<string, KeyPress>> = {
  '<enter>': { name: 'enter' },
  '<esc>': { name: 'escape' },
  '<right>': { name: 'right' },
}

/** Keys as a person presses them; what they write down goes into the sheets at once, as the desk does. */
function press(keys: string, commissioning?: Partial<NonNullable<Picture['commissioning']>>) {
  let sheets: Sheets = new Map()
  const desk = { sheets, armed: null, path: null, trouble: null, ...commissioning }
  const screen = { ...showView({ ...FIRST_SCREEN, layout: layoutOf('table') }, 'commissioning'), selected: SENSOR }
  let frame = composeFrame(samplePicture({ screen, commissioning: desk }), SIZE)
  const actions: DashboardAction[] = []
  for (const [key] of keys.matchAll(/<[a-z]+>|./g)) {
    const { screen: next, action } = reduceKey(frame.picture.screen, NAMED[key] ?? { name: 'text', text: key }, frame)
    if (action) actions.push(action)
    if (action?.kind === 'write-down') sheets = written(sheets, action.entry)
    frame = composeFrame(samplePicture({ screen: next, commissioning: { ...desk, sheets } }), SIZE)
  }
  return { actions, sheet: sheets.get(SENSOR), text: frame.rows.map(plainRow).join('\n') }
}

function written(sheets: Sheets, entry: SheetEntry): Sheets {
  return new Map([...sheets, [entry.sensor, withEntry(sheets.get(entry.sensor) ?? EMPTY_SHEET, entry)]])
}

describe('commissioning by keys', () => {
  it('asks who works here before anything is written down, then writes the verdict', () => {
    const { sheet, text } = press('<right>yAda<enter>tag V-2 seen<enter>')
    expect(sheet?.verdicts.identity).toMatchObject({ verdict: 'confirmed', by: 'Ada', says: 'tag V-2 seen' })
    expect(text).toContain('Ada: tag V-2 seen')
  })

  it('wants a reason for a rejection, and takes a verdict back', () => {
    expect(press('xAda<enter><enter>').actions).toMatchObject([{ kind: 'say', text: 'say why' }])
    expect(press('xAda<enter>wrong pump<enter>').sheet?.verdicts.alive).toMatchObject({ verdict: 'rejected' })
    expect(press('xAda<enter>wrong pump<enter>u').sheet?.verdicts).toEqual({})
  })

  it('keeps as found and as left with what a reference says', () => {
    const { sheet, text } = press('fAda<enter>4,9<enter>l<enter>')
    expect(sheet).toMatchObject({ asFound: { value: 5, unit: 'mm/s', reference: 4.9 }, asLeft: { reference: null } })
    expect(text).toContain('off by 0.1')
    expect(press('fAda<enter>much<enter>').actions).toMatchObject([{ kind: 'say' }])
  })

  it('signs only by the name of who works here, with every check as it stands', () => {
    expect(press('SAda<enter>Bob<enter>').sheet).toBeUndefined()
    const { sheet, text } = press('SAda<enter>Ada<enter>')
    expect(sheet?.signed).toMatchObject({ by: 'Ada', results: { alive: { state: 'passed' }, identity: { state: 'open' } } })
    expect(text).toContain('1 of 6 signed')
  })

  it('arms the selected sensor and shows what it is waiting for; t again disarms', () => {
    expect(press('t').actions).toEqual([{ kind: 'arm', sensor: SENSOR }])
    const armed = { sensor: SENSOR, answer: { state: 'waiting', says: 'armed: touch it now', change: null, place: null } } as const
    const { actions, text } = press('t', { armed })
    expect(actions).toEqual([{ kind: 'arm', sensor: null }])
    expect(text).toContain('armed: touch it now')
    expect(text).toContain('◉')
  })

  it('shows words of people as words only', () => {
    const note: SheetEntry = { kind: 'note', at: 0, sensor: SENSOR, by: '\u001b[31mx', says: '\u202eevil' }
    const picture = samplePicture({
      screen: { ...showView({ ...FIRST_SCREEN, layout: layoutOf('table') }, 'commissioning'), selected: SENSOR },
      commissioning: { sheets: written(new Map(), note), armed: null, path: null, trouble: null },
    })
    const text = composeFrame(picture, SIZE).rows.map(plainRow).join('')
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(text).toContain('\\u202eevil')
  })
})
