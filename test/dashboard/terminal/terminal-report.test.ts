import { describe, expect, it } from 'vitest'
import { splitReports } from '../../../src/dashboard/terminal/terminal-report.js'

describe('what a terminal says by itself', () => {
  it('is taken out of the keys: presses, wheel, focus; coordinates count from 0', () => {
    expect(splitReports('a\u001b[<0;5;7Mb\u001b[<0;5;7m\u001b[<65;1;1Mc\u001b[O\u001b[I')).toEqual({
      keys: 'abc',
      reports: [
        { kind: 'mouse', press: 'left', column: 4, row: 6 },
        { kind: 'mouse', press: 'wheel-down', column: 0, row: 0 },
        { kind: 'focus', has: 'no-focus' },
        { kind: 'focus', has: 'focus' },
      ],
      rest: '',
    })
  })

  it('waits for the rest of a press that was cut in half, and leaves keys alone', () => {
    const first = splitReports('\u001b[A\u001b[<64;12')
    expect(first).toEqual({ keys: '\u001b[A', reports: [], rest: '\u001b[<64;12' })
    expect(splitReports(`${first.rest};3M`).reports).toEqual([{ kind: 'mouse', press: 'wheel-up', column: 11, row: 2 }])
    expect(splitReports('\u001b')).toEqual({ keys: '\u001b', reports: [], rest: '' })
  })
})
