import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import { Fault } from '../faults/fault.js'

/**
 * Asks on the terminal, on stderr, and waits for a line; null where there is no terminal.
 * @throws Fault INTERRUPTED for Ctrl-C and any other wish to stop.
 */
export async function askLine(question: string, signal: AbortSignal): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question, { signal })
  } catch (thrown) {
    // The terminal hands Ctrl-C over as a key while a question stands there, so no signal comes.
    if (thrown instanceof Error && thrown.name === 'AbortError')
      throw new Fault('INTERRUPTED', { message: 'stopped at the question; nothing was done' })
    throw thrown
  } finally {
    terminal.close()
  }
}
