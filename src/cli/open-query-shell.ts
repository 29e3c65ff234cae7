import process from 'node:process'
import { openQueryHistory } from '../query/shell/query-history.js'
import { runQueryShell } from '../query/shell/query-shell.js'
import type { RecordingQuestion } from '../recordings/ask-recordings.js'
import { chartStyle } from './chart-style.js'
import type { QueryWishes } from './query-flags.js'
import { stateFolder } from './state-folder.js'

/** Whether a person is there to type, and nothing was asked that is for one answer. */
export function wantsShell({ out, format, plot }: QueryWishes): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && out === undefined && format === undefined && !plot
}

/** Asks recordings, statement by statement, on the terminal. */
export async function openQueryShell(question: Omit<RecordingQuestion, 'sql'>, wishes: QueryWishes, signal: AbortSignal): Promise<void> {
  await runQueryShell(question, {
    input: process.stdin,
    output: process.stdout,
    history: await openQueryHistory(stateFolder()),
    chartStyle: () => chartStyle(wishes, process.stdout, process.env),
    signal,
  })
}
