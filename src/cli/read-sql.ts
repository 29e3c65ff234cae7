import type { Readable } from 'node:stream'
import { Fault } from '../faults/fault.js'

const MAX_BYTES = 1024 * 1024

/** All that comes on a stream, as a statement. @throws Fault USAGE where nothing comes, or more than anybody writes. */
export async function readSql(from: Readable): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of from as AsyncIterable<Buffer>) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes > MAX_BYTES) throw refused(`the SQL on the standard input is longer than ${MAX_BYTES} bytes`)
  }
  const sql = Buffer.concat(pieces).toString('utf8')
  if (sql.trim() === '') throw refused('there is no SQL: neither as an argument nor on the standard input')
  return sql
}

function refused(message: string): Fault {
  return new Fault('USAGE', { message, advice: { help: 'chatterfix query "select * from readings limit 5" --recording DIR' } })
}
