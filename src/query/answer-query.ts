import { type Answered, askRecordings, type RecordingQuestion } from '../recordings/ask-recordings.js'
import type { CagedStatement } from '../recordings/caged-statement.js'
import { intoFile, writeResultFile } from './result-file.js'
import type { ResultFormat } from './result-format.js'
import type { TextDrain } from './text-drain.js'
import { type WriteLines, writeCsv, writeJsonArray, writeJsonLines } from './write-lines.js'
import { writeTable } from './write-table.js'

const WRITERS = { table: writeTable, csv: writeCsv, json: writeJsonArray, jsonl: writeJsonLines } as const

/** How rows become text. @param format  any but Parquet, which is none. */
export function writerOf(format: ResultFormat): WriteLines {
  return format === 'parquet' ? writeTable : WRITERS[format]
}

/** Asks, and writes the answer as text while it comes. Returns the number of rows. */
export async function printAnswer(question: RecordingQuestion, write: WriteLines, to: TextDrain): Promise<Answered<number>> {
  let isOut = false
  const noting: TextDrain = {
    write(text) {
      isOut = true
      return to.write(text)
    },
  }
  return await askRecordings(
    question,
    (statement) => write(statement, noting),
    () => isOut,
  )
}

export interface SavedAnswer {
  readonly schema: 'chatterfix/query-file/1'
  readonly file: string
  readonly format: ResultFormat
  readonly rows: number
  readonly bytes: number
}

/** Asks, and writes the answer as one file. @throws Fault QUERY_FILE_EXISTS and what `askRecordings` throws. */
export async function saveAnswer(
  question: RecordingQuestion,
  to: { readonly path: string; readonly format: ResultFormat; readonly existing: 'refuse' | 'replace' },
): Promise<Answered<SavedAnswer>> {
  const { format } = to
  const { file, bytes, written } = await writeResultFile(to, async (temporary) => {
    const write = (statement: CagedStatement) =>
      format === 'parquet' ? statement.copyToParquet(temporary) : intoFile(temporary, (drain) => writerOf(format)(statement, drain))
    return await askRecordings(format === 'parquet' ? { ...question, writable: temporary } : question, write)
  })
  return { answer: { schema: 'chatterfix/query-file/1', file, format, rows: written.answer, bytes }, warnings: written.warnings }
}
