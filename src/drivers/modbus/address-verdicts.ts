import type { AddressVerdict } from '../probe-report.js'
import { nameOfException } from './pdu.js'
import type { Answer } from './read-span.js'
import type { Table } from './register-type.js'

/** What part of a table said when it was asked, in the words of a report. */
export type Verdict = AddressVerdict['verdict']

/** Part of a table with what it said. */
export interface JudgedRange {
  readonly from: number
  readonly quantity: number
  readonly verdict: Verdict
}

const ILLEGAL_ADDRESS = 2

export function verdictWord(answer: Answer): Verdict {
  switch (answer.kind) {
    case 'values':
      return 'value'
    case 'exception':
      return answer.code === ILLEGAL_ADDRESS ? 'illegal address' : nameOfException(answer.code)
    case 'silence':
      return 'silence'
    case 'malformed':
      // On serial lines, bytes that are no sound answer are what a failed check sum leaves.
      return /crc|check ?sum|no sound answer/i.test(answer.why) ? 'bad CRC' : 'malformed'
  }
}

/** By rising address; neighbours that said the same are one. */
export function joinVerdicts(table: Table, judged: readonly JudgedRange[]): readonly AddressVerdict[] {
  const joined: AddressVerdict[] = []
  for (const { from, quantity, verdict } of judged.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    const to = from + quantity - 1
    if (last && last.verdict === verdict && last.to + 1 === from) joined[joined.length - 1] = { ...last, to }
    else joined.push({ table, from, to, verdict })
  }
  return joined
}
