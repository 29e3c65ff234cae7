import process from 'node:process'
import type { Log } from '../drivers/contract.js'
import { terminalSafe } from '../output/terminal-safe.js'

/** Warnings on stderr; notes only when somebody asked for them (DEBUG=chatterfix). Each distinct warning once. */
export function stderrLog(level: 'notes' | 'warnings'): Log {
  const said = new Set<string>()
  const write = (mark: string, text: string, facts?: Readonly<Record<string, unknown>>): void => {
    const tail = facts === undefined ? '' : ` ${JSON.stringify(facts)}`
    process.stderr.write(`${mark} ${terminalSafe(text + tail)}\n`)
  }
  return {
    note: (text, facts) => {
      if (level === 'notes') write('note', text, facts)
    },
    warn: (text, facts) => {
      if (said.has(text)) return
      if (said.size < 1000) said.add(text)
      write('warning', text, facts)
    },
  }
}
