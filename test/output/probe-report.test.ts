import { describe, expect, it } from 'vitest'
import type { Point, ProbeReport } from '../../src/drivers/probe-report.js'
import { formatProbeReport } from '../../src/output/probe-report.js'
import { wrapText } from '../../src/output/wrap-text.js'

const guess: Point = {
  address: 'modbus-tcp://192.0.2.7:502/7/holding/200?as=uint32&order=cdab',
  name: null,
  kind: 'other',
  type: 'uint32',
  order: 'cdab',
  scale: 1,
  scaleIs: 'unknown',
  unit: null,
  value: 1841,
  confidence: 0.55,
  readsAlso: ['int32', 'uint16 at holding/200'],
  parts: { type: { says: 'uint32', confidence: 0.55, why: 'company' } },
  alternatives: [{ type: 'uint16', order: 'abcd', value: 1841, why: 'reads the same so far, as the register beside it is 0 (31 %)' }],
  evidence: 'cannot tell, because it stood still and uint16 is nearly as likely; nothing shows its scale',
}
const report: ProbeReport = {
  device: { address: 'modbus-tcp://192.0.2.7:502/7', identity: null, description: 'Modbus unit 7', facts: {} },
  points: [
    guess,
    {
      ...guess,
      address: 'modbus-tcp://192.0.2.7:502/7/holding/202?as=int16',
      type: 'int16',
      value: null,
      valueIs: 'not-available',
      readsAlso: [],
      alternatives: [],
      confidence: 0.95,
    },
  ],
  warnings: [],
}

describe('what a probe shows', () => {
  it('fits 80 columns, with the losing candidates and why under what is in doubt', () => {
    const text = formatProbeReport(report, 80)
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(text).toMatchInlineSnapshot(`
      "Modbus unit 7

      addresses below follow modbus-tcp://192.0.2.7:502/7/
      VALUE  TYPE                     SURE  ADDRESS
      1841   uint32 or int32 cdab ×?  55 %  holding/200?as=uint32&order=cdab
      n/a    int16 cdab ×?            95 %  holding/202?as=int16
      doubt    holding/200, 55 % uint32 or int32 cdab ×?: cannot tell, because it
               stood still and uint16 is nearly as likely; nothing shows its scale
          or   uint16 abcd 1841: reads the same so far, as the register beside it is 0
               (31 %)"
    `)
  })

  it('keeps whole addresses where there is no terminal to fit', () => {
    expect(formatProbeReport(report)).toContain(guess.address)
  })

  it('breaks lines at blanks and keeps words and margins whole', () => {
    expect(wrapText('  one two three', { columns: 9, indent: '    ' })).toBe('  one two\n    three')
    expect(wrapText('extraordinary', { columns: 5, indent: '' })).toBe('extraordinary')
  })
})
