import { extname } from 'node:path'
import { Fault } from '../faults/fault.js'

export const RESULT_FORMATS = ['table', 'csv', 'json', 'jsonl', 'parquet'] as const
export type ResultFormat = (typeof RESULT_FORMATS)[number]

const ENDINGS: Readonly<Record<string, ResultFormat>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
  '.txt': 'table',
}

/** The stated format, else what the ending of the file says, else a table. @throws Fault USAGE */
export function resultFormat(stated: ResultFormat | undefined, file: string | undefined): ResultFormat {
  const format = stated ?? (file === undefined ? 'table' : ENDINGS[extname(file).toLowerCase()])
  const example = { advice: { help: 'chatterfix query "select * from readings" --recording DIR --format parquet --out readings.parquet' } }
  if (format === undefined) {
    const because = `known endings are ${Object.keys(ENDINGS).join(', ')}; --format says it for any other`
    throw new Fault('USAGE', { message: `the name ${file ?? ''} does not say what to write`, because, ...example })
  }
  if (format === 'parquet' && file === undefined) {
    throw new Fault('USAGE', {
      message: 'Parquet goes into a file',
      because: 'it is no text and cannot be written piece by piece',
      ...example,
    })
  }
  return format
}
