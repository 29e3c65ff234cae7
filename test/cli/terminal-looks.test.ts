import { describe, expect, it } from 'vitest'
import { terminalLooks } from '../../src/cli/terminal-looks.js'

const XTERM = { TERM: 'xterm-256color', LANG: 'en_GB.UTF-8' }

describe('the looks of a terminal', () => {
  it.each([
    ['the terminal’s own colours where nothing is said', {}, XTERM, 'colour'],
    ['no colour with NO_COLOR', {}, { ...XTERM, NO_COLOR: '1' }, 'attributes'],
    ['colour where NO_COLOR is empty', {}, { ...XTERM, NO_COLOR: '' }, 'colour'],
    ['darker ones where the terminal says that its background is light', {}, { ...XTERM, COLORFGBG: '0;15' }, '256-light'],
    ['its own where it is dark', {}, { ...XTERM, COLORFGBG: '15;default;0' }, 'colour'],
    ['its own where it has no others', {}, { TERM: 'xterm', COLORFGBG: '0;15' }, 'colour'],
    ['what a flag says, before anything else', { colours: 'true', theme: 'light' }, { ...XTERM, NO_COLOR: '1' }, 'true-light'],
    ['none by flag', { colours: 'none' }, XTERM, 'attributes'],
  ] as const)('are %s', (_what, wishes, env, palette) => {
    expect(terminalLooks(wishes, env).palette).toBe(palette)
  })

  it.each([
    ['the Linux console', {}, { TERM: 'linux', LANG: 'en_GB.UTF-8' }, 'ascii'],
    ['a locale without UTF-8', {}, { ...XTERM, LC_ALL: 'C' }, 'ascii'],
    ['no locale at all', {}, { TERM: 'xterm' }, 'unicode'],
    ['C.UTF-8', {}, { ...XTERM, LANG: 'C.UTF-8' }, 'unicode'],
    ['a flag', { ascii: false }, { TERM: 'linux' }, 'unicode'],
  ] as const)('have the signs that fit %s', (_what, wishes, env, signs) => {
    expect(terminalLooks(wishes, env).signs).toBe(signs)
  })
})
