import { describe, expect, it } from 'vitest'
import { findBearing } from '../../../../src/analysis/bearing/catalogue/find-bearing.js'
import { geometryOfRow } from '../../../../src/analysis/bearing/catalogue/geometry-of-row.js'
import { BEARING_ROWS } from '../../../../src/analysis/bearing/catalogue/rows.js'
import { bearingFrequencies } from '../../../../src/analysis/vibration/bearing-frequencies.js'

describe('a designation', () => {
  it.each(['6205', 'SKF 6205', '6205-2RS JEM SKF', '6205-2rs', 'skf 6205/C3'])('%s is the SKF 6205', (text) => {
    const lookup = findBearing(text)
    expect(lookup).toMatchObject({ found: 'one', geometry: { name: 'SKF 6205-2RS JEM', rollingElements: 9 } })
  })

  it.each([
    ['za2115', 'Rexnord ZA-2115'],
    ['ZA-2115', 'Rexnord ZA-2115'],
    ['FAG 6203', 'FAG 6203'],
    ['NSK 6203 ZZ', 'NSK 6203ZZ'],
    ['uer 204', 'LDK UER204'],
    ['6210', 'FAG 6210-C-2HRS'],
  ])('%s is the %s', (text, name) => {
    expect(findBearing(text)).toMatchObject({ found: 'one', geometry: { name } })
  })

  it('that several makers give another inside is several', () => {
    const lookup = findBearing('6203')
    expect(lookup.found === 'several' ? lookup.rows.map(({ maker }) => maker) : []).toEqual(['SKF', 'FAG', 'IBU', 'MTK', 'NSK'])
  })

  it.each(['6206', 'KOYO 6205x', '', '-', 'bearing', '620', '62050'])('%s is not guessed at', (text) => {
    expect(findBearing(text)).toEqual({ found: 'none' })
  })
})

describe('a row of the catalogue', () => {
  it.each(BEARING_ROWS.map((row) => ({ name: `${row.maker} ${row.designation}`, row })))(
    '$name names its source and is a bearing that can be',
    ({ row }) => {
      expect(row.source).toMatch(/^(https:\/\/|github\.com\/[^ ]+@[0-9a-f]{7,40} )/)
      expect(row.licence).not.toBe('')
      const { rollingElements, ballDiameterMm, pitchDiameterMm, contactAngleDeg } = geometryOfRow(row)
      // Rolling elements side by side must fit the pitch circle: n·d < π·D.
      expect(rollingElements * ballDiameterMm).toBeLessThan(Math.PI * pitchDiameterMm)
      expect(contactAngleDeg).toBeLessThan(45)
      expect(rollingElements).toBeGreaterThan(5)
    },
  )

  it('that gives factors gives them back', () => {
    for (const row of BEARING_ROWS) {
      if (row.numbers.given !== 'factors') continue
      const { bpfo, bpfi, bsf } = bearingFrequencies(geometryOfRow(row), 1)
      expect(Math.abs(bpfo / row.numbers.bpfo - 1)).toBeLessThan(1e-3)
      expect(Math.abs(bpfi / row.numbers.bpfi - 1)).toBeLessThan(1e-3)
      expect(Math.abs(bsf / row.numbers.bsf - 1)).toBeLessThan(1e-3)
    }
  })

  it('of the CWRU rig gives the factors that CWRU publishes', () => {
    const lookup = findBearing('6203-2RS JEM SKF')
    if (lookup.found !== 'one') throw new TypeError('not found')
    const { bpfo, bpfi, ftf, bsf } = bearingFrequencies(lookup.geometry, 1)
    for (const [ours, published] of [
      [bpfo, 3.053],
      [bpfi, 4.9469],
      [ftf, 0.3817],
      [2 * bsf, 3.9874],
    ] as const) {
      expect(Math.abs(ours - published)).toBeLessThan(5e-4)
    }
  })
})
