import { describe, expect, it } from 'vitest'
import { plainRow } from '../../../../src/dashboard/rows/style.js'
import { FIRST_SCREEN } from '../../../../src/dashboard/screen/dashboard-state.js'
import { viewById } from '../../../../src/dashboard/views/registry.js'
import type { ViewId } from '../../../../src/dashboard/views/view-id.js'
import { bigDigits } from '../../../../src/dashboard/views/widgets/big-digits.js'
import { gaugeCells, gaugeScale } from '../../../../src/dashboard/views/widgets/gauge-scale.js'
import { samplePicture } from '../../sample-picture.js'

function drawn(view: ViewId, selected: string | null, saved?: unknown): string {
  const { compose, first, restore } = viewById(view)
  const picture = samplePicture({ screen: { ...FIRST_SCREEN, selected } })
  const { rows } = compose(picture, { state: saved === undefined ? first() : restore(saved), size: { columns: 76, rows: 12 } })
  return rows.map(plainRow).join('\n')
}

describe('large digits', () => {
  it('draw each sign three rows high, and refuse what has no picture or no room', () => {
    expect(bigDigits('−1.5', 40)).toEqual([' '.repeat(4) + '▄█    █▀▀', '▀▀▀  █    ▀▀█', '    ▀▀▀ ▀ ▀▀▀'])
    expect(bigDigits('+∞', 40)).toBeUndefined()
    expect(bigDigits('123456', 10)).toBeUndefined()
  })
})

describe('a gauge', () => {
  it('has the ends that the range states, else those of the outermost limits with some room', () => {
    expect(gaugeScale({ range: { low: 0, high: 10 }, limits: { criticalLow: 2, criticalHigh: 8 } })).toEqual({
      low: 0,
      high: 10,
      from: 'range',
    })
    expect(gaugeScale({ limits: { warningLow: 10, warningHigh: 20 } })).toEqual({ low: 8.5, high: 21.5, from: 'limits' })
  })

  it('has none where nobody stated two ends', () => {
    expect(gaugeScale({ limits: { warningHigh: 80, criticalHigh: 95 } })).toBeUndefined()
    expect(drawn('gauge', 'pump-247/drive-end-temperature')).toContain('no range is stated')
  })

  it('is full up to the value and marks where limits lie', () => {
    const cells = gaugeCells(5, { low: 0, high: 10, from: 'range' }, { columns: 10, limits: { warningHigh: 7, criticalHigh: 9 } })
    expect(cells.filter(({ fill }) => fill === 'full')).toHaveLength(5)
    expect(cells.map(({ zone }) => zone)).toEqual([null, null, null, null, null, null, null, 'H', 'H', 'HH'])
  })
})

describe('widgets', () => {
  it('say what they do not know instead of a number', () => {
    expect(drawn('number', null)).toContain('no sensor is selected')
    expect(drawn('number', 'pump-247/flow')).toMatch(/—.*\n.*no-response/)
    expect(drawn('number', null, { sensor: 'gone/sensor' })).toContain('is not in this run')
  })

  it('stay with a pinned sensor', () => {
    expect(drawn('number', 'pump-247/flow', { sensor: 'tank-3/level' })).toContain('L 20')
  })

  it('count assets and sensors without trouble', () => {
    // tank-3 fell silent and lies below its limit, pump-247 has a sensor without an answer.
    expect(drawn('summary', null)).toMatch(/0 of 2 +assets without any trouble/)
    expect(drawn('summary', null)).toMatch(/3 of 6 +sensors give a value now/)
  })

  it('show every asset with a sign a sensor', () => {
    const text = drawn('health', null)
    expect(text).toMatch(/pump-247 +■H■✗·/)
    expect(text).toMatch(/tank-3 +L/)
  })

  it('say what is missing for whom', () => {
    expect(drawn('coverage', null, { audience: 'executive' })).toMatch(/✗ energy +missing: no sensor of energy or power/)
    expect(drawn('coverage', null, { audience: 'technician' })).toMatch(/~ alarm limits +in part: 3 of 6 sensors/)
  })

  it('show words of a person as words only', () => {
    expect(drawn('text', null, { text: 'a\u001b[2Jb' })).toContain('a\\x1b[2Jb')
  })

  it('take nothing on trust that a file holds', () => {
    for (const view of ['number', 'gauge', 'sparklines', 'health', 'summary', 'coverage', 'text'] as const) {
      for (const saved of [null, 7, 'x', [], { sensor: 5, filter: {}, audience: 'x', text: [], top: -1, cursor: {} }]) {
        expect(viewById(view).restore(saved)).toEqual(viewById(view).first())
      }
    }
  })
})
