import { describe, expect, it } from 'vitest'
import { withLocalTimes } from '../../../src/dashboard/rows/clock-text.js'
import { shortPath, withShortPath } from '../../../src/dashboard/rows/short-path.js'
import { axisCell } from '../../../src/dashboard/views/charts/value-axis.js'
import { distinctNames } from '../../../src/dashboard/views/sensors/distinct-names.js'

describe('what is shortened', () => {
  it.each([70, 40, 30, 20, 12])('keeps the end of a path in %i columns, with its extension', (columns) => {
    const shown = shortPath('/tmp/fresh/e/screen-20261123T010203.png', columns)
    expect(shown.length).toBeLessThanOrEqual(columns)
    expect(shown).toMatch(/\.png$/)
  })

  it('keeps a notice readable by shortening the path in it', () => {
    expect(withShortPath('kept as /tmp/fresh/e/screen-20261123T010203.png', 40)).toBe('kept as …/e/screen-20261123T010203.png')
  })

  it.each([12, 16, 20])('never makes two names alike in %i columns', (columns) => {
    const names = [
      'fan-112/drive-end-velocity',
      'fan-112/drive-side-velocity',
      'fan-112/drive-end-acceleration',
      'fan-113/drive-end-velocity',
    ]
    const shown = distinctNames(names, columns)
    expect(new Set(shown).size).toBe(names.length)
    for (const name of shown) expect(name.length).toBeLessThanOrEqual(columns)
  })

  it('tells times of day by the wall clock of the person, with the date where it is another day', () => {
    const at = Date.UTC(2026, 10, 22, 12) * 1000
    expect(withLocalTimes('since 2026-11-22T11:59:58.123456Z', at, 60)).toBe('since 12:59:58')
    expect(withLocalTimes('until 2026-11-24T08:00:00.000000Z: repair', at, 0)).toBe('until 2026-11-24 08:00:00: repair')
  })

  it('gives all labels of one axis the same decimals', () => {
    const labels = Array.from({ length: 16 }, (_, line) => axisCell(line, 16, { low: 0, high: 0.8 }).text.replace(/[┤│]/, '').trim())
    const decimals = labels.filter((label) => label !== '').map((label) => label.split('.')[1]?.length ?? 0)
    expect(decimals.length).toBe(5)
    expect(new Set(decimals).size).toBe(1)
  })
})
