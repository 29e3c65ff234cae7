import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/acquisition/read-once.js'
import { DriverFault } from '../../src/drivers/fault.js'
import { formatAnswers } from '../../src/output/answers.js'
import { displayWidth } from '../../src/output/display-width.js'
import { QUALITY } from '../../src/readings/quality.js'

const ADDRESS = 'modbus-rtu:///dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0/7/holding/100?as=float32&order=cdab&unit=bar'
const AT = Date.UTC(2026, 10, 22, 18, 9, 7) * 1000

function answer(given: Partial<Answer>): Answer {
  return {
    sensor: { key: ADDRESS, address: ADDRESS, kind: 'pressure', unit: 'bar', periodMs: 1000 },
    measuredAt: AT,
    receivedAt: AT,
    value: 23.4,
    text: null,
    quality: QUALITY.good,
    waveform: null,
    fault: null,
    ...given,
  }
}
const silence = new DriverFault('NO_DATA', {
  message: 'unit 7 did not answer within 1 s, and neither did any other unit on this line',
  retry: true,
})
const ANSWERS = [answer({}), answer({ value: null, quality: QUALITY['no-response'], fault: silence })]

describe('what read shows', () => {
  for (const columns of [60, 80, 140]) {
    it(`is readable in ${columns} columns`, () => {
      expect(formatAnswers(ANSWERS, columns)).toMatchSnapshot()
    })
  }

  it('breaks nothing but addresses, which stay whole, so that they can be copied', () => {
    for (const columns of [60, 80, 140]) {
      const lines = formatAnswers(ANSWERS, columns).split('\n')
      expect(lines.filter((line) => displayWidth(line) > columns).every((line) => line.trim() === ADDRESS)).toBe(true)
      expect(lines.filter((line) => line.trim() === ADDRESS)).toHaveLength(2)
    }
  })

  it('is one line a sensor in a pipe, and where that fits', () => {
    expect(formatAnswers(ANSWERS).split('\n')).toHaveLength(3)
    expect(formatAnswers([answer({ sensor: { ...answer({}).sensor, key: 'pump-247/pressure' } })], 80).split('\n')).toHaveLength(2)
  })
})
