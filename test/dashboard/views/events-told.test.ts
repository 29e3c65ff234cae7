import { describe, expect, it } from 'vitest'
import { reduceFreight } from '../../../src/dashboard/live/reduce.js'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { alone, pressed, typed } from '../pressed.js'
import { START, samplePicture } from '../sample-picture.js'

const CAUSE = 'mqtt://10.0.0.5:1883: the broker refused the client because its name is taken, and asks for another one'

function shown(columns: number, ...keys: readonly string[]): string {
  const picture = samplePicture({ screen: alone('events', { cursor: null, top: 0, shows: 'events', prompt: null }) })
  const at = START + 20e6
  reduceFreight(picture.live, { kind: 'event', at, event: 'connection', severity: 'warning', text: CAUSE, sensors: ['tank-3/level'] })
  const { rows } = pressed(picture, typed(...keys), { columns, rows: 20 }).frame
  return rows.map((row) => plainRow(row).trim()).join(' ')
}

describe('a row of the events that is cut off', () => {
  it('is told in full once the cursor is on it', () => {
    expect(shown(60)).not.toContain('asks for another one')
    expect(shown(60, 'down', 'up')).toContain('asks for another one')
  })

  it('is not told twice where there is room for it', () => {
    expect(shown(160, 'down', 'up').split('asks for another one')).toHaveLength(2)
  })
})
