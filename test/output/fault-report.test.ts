import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/faults/fault.js'
import { formatFault, reportFault } from '../../src/output/fault-report.js'

const fault = new Fault('PORT_CLOSED', {
  message: 'nothing listens on 10.0.0.21:502',
  where: { sensor: 'pump-247/flow' },
  because: 'connect ECONNREFUSED',
  advice: { host: '10.0.0.21' },
})

describe('a fault for people', () => {
  it('says what, where, because of what, and what to try', () => {
    expect(formatFault(reportFault(fault))).toMatchInlineSnapshot(`
      "error PORT_CLOSED  nothing listens on 10.0.0.21:502
        sensor   pump-247/flow
        because  connect ECONNREFUSED
        try      chatterfix discover 10.0.0.21"
    `)
  })

  it('leaves out advice whose value nobody knows', () => {
    expect(reportFault(new Fault('PORT_CLOSED', { message: 'x' })).try).toEqual([])
  })

  it('shows what a device says, but does not obey it', () => {
    const hostile = new Fault('NO_DATA', { message: 'said \u001b]52;c;ZXZpbA==\u0007 and \u202e' })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
    expect(formatFault(reportFault(hostile))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })
})
