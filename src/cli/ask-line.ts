import process from 'node:process'
import { createInterface } from 'node:readline/promises'

/** Asks on the terminal and waits for a line; null where there is no terminal, or where somebody stopped it. */
export async function askLine(question: string, signal: AbortSignal): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question, { signal })
  } catch (thrown) {
    if (signal.aborted) return null
    throw thrown
  } finally {
    terminal.close()
  }
}
