import process from 'node:process'
import { createInterface } from 'node:readline/promises'

/** Asks on a terminal, on stderr; without one nothing is asked and the answer is `unasked`. */
export async function confirm(question: string, signal: AbortSignal): Promise<'yes' | 'no' | 'unasked'> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return 'unasked'
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal })
    return /^y(es)?$/i.test(answer.trim()) ? 'yes' : 'no'
  } finally {
    lines.close()
  }
}
