import { askLine } from './ask-line.js'

/**
 * Asks yes or no on a terminal; without one nothing is asked and the answer is `unasked`.
 * @throws Fault INTERRUPTED for Ctrl-C and any other wish to stop.
 */
export async function confirm(question: string, signal: AbortSignal): Promise<'yes' | 'no' | 'unasked'> {
  const answer = await askLine(`${question} [y/N] `, signal)
  if (answer === null) return 'unasked'
  return /^y(es)?$/i.test(answer.trim()) ? 'yes' : 'no'
}
