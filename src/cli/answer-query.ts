import process from 'node:process'
import { formatSavedAnswer } from '../output/query-table.js'
import { printAnswer, type SavedAnswer, saveAnswer, writerOf } from '../query/answer-query.js'
import { resultFormat } from '../query/result-format.js'
import { StreamDrain } from '../query/text-drain.js'
import { plotWriter } from '../query/write-plot.js'
import type { Answered, RecordingQuestion } from '../recordings/ask-recordings.js'
import { chartStyle } from './chart-style.js'
import type { QueryWishes } from './query-flags.js'

/** Answers on the standard output, or in a file that `say` then tells of. */
export async function answerQuery(
  question: RecordingQuestion,
  wishes: QueryWishes,
  say: (text: string) => void,
): Promise<Answered<SavedAnswer | undefined>> {
  const { out, force } = wishes
  const format = resultFormat(wishes.format, out)
  if (out !== undefined) {
    const saved = await saveAnswer(question, { path: out, format, existing: force ? 'replace' : 'refuse' })
    say(formatSavedAnswer(saved.answer))
    return saved
  }
  using stdout = new StreamDrain(process.stdout)
  const write = wishes.plot ? plotWriter(chartStyle(wishes, process.stdout, process.env)) : writerOf(format)
  const { warnings } = await printAnswer(question, write, stdout)
  return { answer: undefined, warnings }
}
