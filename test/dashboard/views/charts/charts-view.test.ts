import { describe, expect, it } from 'vitest'
import { reduceFreight } from '../../../../src/dashboard/live/reduce.js'
import type { Picture } from '../../../../src/dashboard/picture.js'
import { plainRow } from '../../../../src/dashboard/rows/style.js'
import { type ChartsState, FIRST_CHARTS } from '../../../../src/dashboard/views/charts/charts-state.js'
import { batchOf } from '../../../../src/readings/batch.js'
import { alone, focusedState, pressed, typed } from '../../pressed.js'
import { START, samplePicture } from '../../sample-picture.js'

const SIZE = { columns: 100, rows: 24 }
const [TEMPERATURE, VELOCITY] = ['pump-247/drive-end-temperature', 'pump-247/drive-end-velocity']

function about(selected: string, state?: Partial<ChartsState>): Picture {
  return samplePicture({ screen: { ...alone('charts', { ...FIRST_CHARTS, ...state }), selected } })
}

function shown(picture: Picture, ...keys: readonly string[]): { readonly text: string; readonly state: ChartsState } {
  const { frame, screen } = pressed(picture, typed(...keys), SIZE)
  return { text: frame.rows.map((row) => plainRow(row).trimEnd()).join('\n'), state: focusedState(screen) as ChartsState }
}

describe('charts', () => {
  it('keep a sensor while the next ones are looked at, an axis each where units differ', () => {
    const { text, state } = shown(about(TEMPERATURE), 'a', 'down')
    expect(state.kept).toEqual([TEMPERATURE])
    expect(text).toContain('2 sensors  an axis each')
    expect(text).toMatch(/ A pump-247\/drive-end-temperature\s+60\.25 … 65\.00 °C\s+axis/)
    expect(text).toMatch(/ B pump-247\/drive-end-velocity\s+4\.050 … 5\.000 mm\/s\s+axis/)
  })

  it('let a kept sensor go again', () => {
    expect(shown(about(TEMPERATURE), 'aa').state.kept).toEqual([])
    expect(shown(about(TEMPERATURE), 'a', 'down', 'ax').state.kept).toEqual([])
  })

  it('give each sensor a strip of its own', () => {
    const { text, state } = shown(about(TEMPERATURE), 'a', 'down', 'ooo')
    expect(state.axes).toBe('strips')
    expect(text.split('\n').findIndex((line) => line.startsWith(' B pump-247'))).toBeGreaterThan(8)
  })

  it('tell the value under the cursor and its time', () => {
    // 30 s on 90 cells: the cursor stands a cell behind now, and a value comes each second.
    const { text } = shown(about(TEMPERATURE), 'enter')
    const value = /cursor (\d+\.\d+)/.exec(text)?.[1]
    const [, hours, minutes, seconds] = /(\d\d):(\d\d):(\d\d)\s+now/.exec(text) ?? []
    const second = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) - 12 * 3600
    expect(Math.abs(Number(value) - (60 + second * 0.25))).toBeLessThanOrEqual(0.5)
  })

  it('say at the cursor that a sensor gave nothing there', () => {
    expect(shown(about('pump-247/flow'), 'enter').text).toContain('— bad or a gap')
    expect(shown(about(TEMPERATURE), '-', 'enter', ...new Array<string>(80).fill('left')).text).toContain('— no reading')
  })

  it('tell what to do where a key can do nothing', () => {
    const saying = (picture: Picture, ...keys: readonly string[]) => pressed(picture, typed(...keys), SIZE).action
    const nobody = samplePicture({ screen: alone('charts') })
    for (const key of ['+', 'left', 'enter', 'a'])
      expect(saying(nobody, key)).toEqual({ kind: 'say', text: expect.stringContaining('↑ ↓') as string })
    expect(shown(nobody).text).toContain('no sensor is selected: ↑ ↓ choose one')
    const picture = about('pump-247/acceleration')
    reduceFreight(picture.live, {
      kind: 'waveform',
      sensor: 'pump-247/acceleration',
      startedAt: START,
      receivedAt: START,
      sampleRateHz: 1000,
      samples: Float32Array.from({ length: 100 }, (_, sample) => Math.sin(sample)),
      quality: 0,
    })
    for (const key of ['+', '-', 'left', 'enter'])
      expect(saying(picture, key)).toEqual({ kind: 'say', text: 'last block drawn: w shows the past' })
    expect(saying(about(TEMPERATURE), 'w')).toEqual({ kind: 'say', text: 'this sensor sends no blocks' })
    expect(saying(about(TEMPERATURE), 'o')).toMatchObject({ kind: 'say' })
  })

  it('draw nothing where nothing was measured', () => {
    const picture = about(TEMPERATURE)
    const { live } = picture
    reduceFreight(live, { kind: 'gap', sensors: [TEMPERATURE], from: START + 21e6, to: START + 40e6, cause: 'ECONNRESET', missing: null })
    for (let second = 41; second <= 60; second++) {
      reduceFreight(live, batchOf([TEMPERATURE], START + second * 1e6, [{ sensor: 0, measuredAt: START + second * 1e6, value: 62 }]))
    }
    const { text } = shown({ ...picture, moment: { ...picture.moment, now: START + 60.4e6 } })
    const columns = Array.from({ length: 90 }, (_, cell) => text.split('\n').some((line) => (line.codePointAt(cell + 10) ?? 0) >= 0x2800))
    // Of 60 s on 90 cells the gap of 19 s is 28 cells.
    const emptiest = Math.max(...columns.map((_, from) => columns.slice(from).findIndex((isDrawn) => isDrawn)))
    expect(emptiest).toBeGreaterThanOrEqual(26)
    expect(emptiest).toBeLessThanOrEqual(31)
  })

  it('stay quiet about a kept sensor that is not in this run', () => {
    const { text } = shown(about(VELOCITY, { kept: ['gone/away'] }))
    expect(text).toContain('pump-247/drive-end-velocity mm/s')
  })
})
