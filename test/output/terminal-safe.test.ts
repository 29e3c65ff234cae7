import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutWidth, displayWidth, fitWidth } from '../../src/output/display-width.js'
import { jsonSafe } from '../../src/output/json-safe.js'
import { terminalSafe } from '../../src/output/terminal-safe.js'

const ACTS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        '\u001b[',
        '\u009b',
        '\u001b]52;c;AAAA\u0007',
        '\u001bP',
        '\u001b_',
        '\u001b^',
        '\u001bX',
        '\u202e',
        '\u200b',
        '\r',
        'a',
        '温',
        '\u0301',
      ),
    )
    .map((parts) => parts.join('')),
)

describe('terminalSafe', () => {
  it('lets no character through that a terminal would act upon, whatever comes in', () => {
    fc.assert(
      fc.property(anyText, (text) => !ACTS.test(terminalSafe(text))),
      { numRuns: 2000 },
    )
  })

  it('is never wider than asked for', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 40 }), (text, maxWidth) => displayWidth(terminalSafe(text, { maxWidth })) <= maxWidth),
    )
  })

  it('leaves its own output as it is', () => {
    fc.assert(fc.property(anyText, (text) => terminalSafe(terminalSafe(text)) === terminalSafe(text)))
  })

  it.each([
    ['CSI', '\u001b[2J', '\\x1b[2J'],
    ['OSC 52 (clipboard)', '\u001b]52;c;cm0=\u0007', '\\x1b]52;c;cm0=\\x07'],
    ['DCS', '\u001bPq\u001b\\', '\\x1bPq\\x1b\\'],
    ['APC', '\u001b_Gi\u001b\\', '\\x1b_Gi\\x1b\\'],
    ['PM and SOS', '\u001b^x\u001bXy', '\\x1b^x\\x1bXy'],
    ['C1', '\u009b31m\u0090', '\\x9b31m\\x90'],
    ['line ends', 'a\r\nb', 'a\\x0d\\x0ab'],
    ['bidi', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
    ['zero width', 'a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
    ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
  ])('shows %s instead of obeying it', (_, hostile, shown) => {
    expect(terminalSafe(hostile)).toBe(shown)
  })

  it('keeps the letters of other languages', () => {
    expect(terminalSafe('Förderpumpe 温度 насос µm/s²')).toBe('Förderpumpe 温度 насос µm/s²')
  })

  it('stacks no more than two marks on a letter', () => {
    expect(terminalSafe('a\u0301\u0302\u0303')).toBe('a\u0301\u0302\\u0303')
  })

  it('cuts a name of 1 MiB to the cap within a few milliseconds', () => {
    const started = performance.now()
    const shown = terminalSafe('\u001b'.repeat(2 ** 20), { maxWidth: 20 })
    expect(displayWidth(shown)).toBe(20)
    expect(shown.endsWith('…')).toBe(true)
    expect(performance.now() - started).toBeLessThan(100)
  })
})

describe('display width', () => {
  it.each([
    ['abc', 3],
    ['温度', 4],
    ['e\u0301', 1],
    ['한글', 4],
    ['⠿▇─', 3],
    ['🙂', 2],
  ])('of %s is %d', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })

  it('fits any text to exactly the columns asked for', () => {
    fc.assert(
      fc.property(
        anyText.map((text) => terminalSafe(text)),
        fc.integer({ min: 1, max: 30 }),
        (text, columns) => displayWidth(fitWidth(text, columns)) === columns,
      ),
    )
  })

  it('never cuts a wide character in half', () => {
    expect(cutWidth('温度温度', 4)).toBe('温…')
  })
})

describe('jsonSafe', () => {
  it('escapes what acts and loses nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = jsonSafe({ text })
        return !ACTS.test(json) && (JSON.parse(json) as { text: string }).text === text
      }),
    )
  })
})
