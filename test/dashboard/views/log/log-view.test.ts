import { describe, expect, it } from 'vitest'
import { plainRow } from '../../../../src/dashboard/rows/style.js'
import { FIRST_LOG, restoreLog } from '../../../../src/dashboard/views/log/log-state.js'
import { alone, focusedState, pressed, typed } from '../../pressed.js'
import { START, samplePicture } from '../../sample-picture.js'

function pictureWithLog() {
  const picture = samplePicture({ screen: alone('log') })
  picture.live.log.push(
    { at: START, level: 'note', text: 'mqtt connected' },
    { at: START, level: 'warning', text: 'modbus gave a short reply' },
    { at: START, level: 'warning', text: 'mqtt was slow' },
  )
  return picture
}

const shownAfter = (...keys: readonly string[]): string =>
  pressed(pictureWithLog(), typed(...keys))
    .frame.rows.map(plainRow)
    .join('\n')

describe('the log', () => {
  it('shows what has all the words, and nothing that has one with a minus', () => {
    const shown = shownAfter('/mqtt -slow', 'enter')
    expect(shown).toContain('mqtt connected')
    expect(shown).not.toContain('short reply')
    expect(shown).not.toContain('mqtt was slow')
    expect(shown).toContain('filter "mqtt -slow"')
  })

  it('shows warnings only, and everything again', () => {
    expect(shownAfter('w')).not.toContain('mqtt connected')
    expect(shownAfter('w')).toContain('warnings only')
    expect(shownAfter('ww')).toContain('mqtt connected')
  })

  it('says that nothing fits, and Esc brings everything back', () => {
    expect(shownAfter('/nowhere', 'enter')).toContain('nothing in the log fits')
    expect(shownAfter('/nowhere', 'enter', 'escape')).toContain('mqtt connected')
  })

  it('takes every letter while a filter is typed, the keys of the screen too', () => {
    expect(focusedState(pressed(pictureWithLog(), typed('/q:1')).screen)).toMatchObject({ filter: 'q:1', mode: 'filter' })
  })

  it('cuts off nothing of a long entry', () => {
    const picture = pictureWithLog()
    picture.live.log.push({ at: START, level: 'warning', text: `${'long '.repeat(30)}end of it` })
    expect(pressed(picture, []).frame.rows.map(plainRow).join('\n')).toContain('end of it')
  })

  it('takes nothing of a layout file on trust', () => {
    expect(restoreLog({ shows: 7, filter: {}, back: 'x', mode: 'filter' })).toEqual(FIRST_LOG)
    expect(restoreLog({ shows: 'warnings', filter: 'mqtt' })).toEqual({ ...FIRST_LOG, shows: 'warnings', filter: 'mqtt' })
  })
})
