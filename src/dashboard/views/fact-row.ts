import { terminalSafe } from '../../output/terminal-safe.js'
import type { Row } from '../rows/style.js'

/** A name and what is known under it; the text may come from anywhere. */
export function factRow(name: string, text: string): Row {
  return [{ text: ` ${name.padEnd(12)} `, style: { colour: 'grey' } }, { text: terminalSafe(text, { maxWidth: 300 }) }]
}

export function greyRow(text: string): Row {
  return [{ text: ` ${text}`, style: { colour: 'grey' } }]
}
