import { characterWidth } from '../../output/display-width.js'

/** One row of the screen, cell by cell. Shape (columns,) each. */
export interface CellRow {
  /** A character with its combining marks; '' for the second half of a wide one. */
  readonly texts: readonly string[]
  /** Canonical SGR codes (`1;36`), '' for none. */
  readonly styles: readonly string[]
}

interface Sgr {
  weight: string
  underline: string
  reverse: string
  foreground: string
  background: string
}

const PIECES = /\u001b\[([\d;:]*)m|([^\u001b]+)|\u001b/g

/** Reads a row of text with SGR sequences into `columns` cells; anything else that begins with ESC is dropped. */
export function parseCells(line: string, columns: number): CellRow {
  const texts: string[] = []
  const styles: string[] = []
  const sgr: Sgr = { weight: '', underline: '', reverse: '', foreground: '', background: '' }
  let style = ''
  for (const [, codes, text] of line.matchAll(PIECES)) {
    if (codes !== undefined) {
      applySgr(sgr, codes)
      style = styleOf(sgr)
    }
    for (const character of text ?? '') {
      const width = characterWidth(character)
      if (width === 0) {
        const last = texts.length - 1
        if (last >= 0) texts[last] += character
        continue
      }
      if (texts.length + width > columns) break
      texts.push(character)
      styles.push(character === ' ' ? blankStyle(sgr, style) : style)
      if (width === 2) {
        texts.push('')
        styles.push(style)
      }
    }
  }
  while (texts.length < columns) {
    texts.push(' ')
    styles.push('')
  }
  return { texts, styles }
}

/** A blank looks the same in every foreground. */
function blankStyle(sgr: Sgr, style: string): string {
  return sgr.reverse === '' && sgr.underline === '' && sgr.background === '' ? '' : style
}

function styleOf(sgr: Sgr): string {
  return [sgr.weight, sgr.underline, sgr.reverse, sgr.foreground, sgr.background].filter((code) => code !== '').join(';')
}

/** ECMA-48 §8.3.117, the parts that Ink and our own rows write. */
function applySgr(sgr: Sgr, codes: string): void {
  const numbers = codes.split(';')
  for (let index = 0; index < numbers.length; index++) {
    const code = Number(numbers[index] ?? '0')
    if (code === 38 || code === 48) {
      const length = numbers[index + 1] === '2' ? 5 : 3
      sgr[code === 38 ? 'foreground' : 'background'] = numbers.slice(index, index + length).join(';')
      index += length - 1
    } else applyCode(sgr, code)
  }
}

function applyCode(sgr: Sgr, code: number): void {
  if (code === 0) Object.assign(sgr, { weight: '', underline: '', reverse: '', foreground: '', background: '' })
  else if (code === 1 || code === 2) sgr.weight = String(code)
  else if (code === 22) sgr.weight = ''
  else if (code === 4 || code === 24) sgr.underline = code === 4 ? '4' : ''
  else if (code === 7 || code === 27) sgr.reverse = code === 7 ? '7' : ''
  else if (code === 39) sgr.foreground = ''
  else if (code === 49) sgr.background = ''
  else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) sgr.foreground = String(code)
  else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) sgr.background = String(code)
}
