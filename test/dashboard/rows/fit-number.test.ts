import { describe, expect, it } from 'vitest'
import { addSensor, emptyState } from '../../../src/dashboard/live/live-state.js'
import { reduceFreight } from '../../../src/dashboard/live/reduce.js'
import { cutText } from '../../../src/dashboard/rows/cut-text.js'
import { fitCount, fitNumber, fitSteady } from '../../../src/dashboard/rows/fit-number.js'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { composeFrame } from '../../../src/dashboard/screen/compose-frame.js'
import { axisCell, constantCell } from '../../../src/dashboard/views/charts/value-axis.js'
import { batchOf } from '../../../src/readings/batch.js'
import { alone } from '../pressed.js'
import { START, samplePicture } from '../sample-picture.js'

const VALUES = [-2.512e35, -1.539e-5, 9.6e29, 1.234e-9, -123_456_789, 1.2e308, 4.2, -0.001234, 999_999_999] as const
const WIDTHS = Array.from({ length: 24 }, (_, index) => index + 1)
const asNumber = (text: string): number => Number(text.replaceAll('−', '-').replaceAll(',', ''))

/** Two digits at the least, else it says that it has no room. */
function holds(text: string, value: number): boolean {
  return /^#+$/.test(text) || Math.abs(asNumber(text) - value) <= Math.abs(value) / 2
}

describe('a number that does not fit', () => {
  it.each(VALUES)('%d keeps its magnitude at every width, or shows that there is no room', (value) => {
    for (const width of WIDTHS) {
      const text = fitSteady(value, { magnitude: Math.abs(value), values: 'fractional' }, width)
      expect(text.length).toBeLessThanOrEqual(width)
      expect(holds(text, value), `${text} in ${width}`).toBe(true)
    }
  })

  it('loses digits before anything else', () => {
    const known = { magnitude: 2.512e35, values: 'fractional' } as const
    expect([10, 9, 8, 6, 5].map((width) => fitSteady(-2.512e35, known, width))).toEqual([
      '−2.512e+35',
      '−2.51e+35',
      '−2.5e+35',
      '−3e+35',
      '#####',
    ])
    expect(fitCount(12_345_678, 9)).toBe('12345678')
    expect(fitNumber('1234.5678', 1234.5678, 8)).toBe('1234.568')
  })

  it('is whole on an axis', () => {
    for (const scale of [
      { low: -1.5e300, high: 1.5e300 },
      { low: 1.1e-7, high: 1.4e-7 },
      { low: 0.0001, high: 0.00012 },
    ])
      for (const line of [0, 2, 4]) {
        const value = scale.low + (scale.high - scale.low) * (1 - line / 4)
        expect(axisCell(line, 5, scale).text).not.toContain('…')
        if (line === 0) expect(holds(axisCell(line, 5, scale).text.replace(/[ ┤│]/g, ''), value)).toBe(true)
      }
    const cells = [0, 1, 2].map((line) => constantCell(line, 3, { value: 1.234567e-7, scale: { low: 0, high: 2e-7 } }).text)
    expect(cells.join('')).toContain('1.235e-7')
  })
})

it('a sentence that is cut off keeps a number with its exponent whole, or leaves it out', () => {
  expect(cutText('now -2.512e+35 °C', 14)).toBe('now …         ')
  expect(cutText('now -2.512e+35 °C', 16)).toBe('now -2.512e+35 …')
  expect(cutText('12.5 and no more', 6)).toBe('12.5 …')
})

it.each(['sensors', 'sparklines', 'detail', 'gauge', 'number', 'events', 'charts'] as const)(
  '%s shows no number without its exponent at any width',
  (view) => {
    const live = emptyState(START)
    const keys = ['a', 'b']
    for (const key of keys)
      addSensor(live, {
        key,
        address: 'mqtt://h/a',
        kind: 'temperature',
        unit: '°C',
        periodMs: 1000,
        limits: { warningHigh: 3e33 },
        range: { low: -7e30, high: 7e30 },
      })
    for (let second = 1; second < 4; second++)
      reduceFreight(
        live,
        batchOf(keys, START + second * 1e6, [
          { sensor: 0, measuredAt: START + second * 1e6, value: -2.512e35 },
          { sensor: 1, measuredAt: START + second * 1e6, value: 9.613e35 },
        ]),
      )
    const picture = samplePicture({
      live,
      screen: { ...alone(view), selected: 'b' },
      moment: { now: START + 4e6, mode: 'live' },
      recording: null,
    })
    for (let columns = 30; columns < 120; columns += 1) {
      const { rows } = composeFrame(picture, { columns, rows: 20 })
      for (const text of rows.slice(3, -1).map(plainRow)) expect(text).not.toMatch(/\d(e[-+−]?\d*)?…/)
    }
  },
)
