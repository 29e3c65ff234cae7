import type { Span } from './pdu.js'
import type { Answer } from './read-span.js'
import { TABLES, type Table } from './register-type.js'
import type { Range } from './scan-table.js'

/** How many values a unit gives at a time. */
export interface LargestRequest {
  readonly quantity: number
  /** The fewest that it refused although they can be read one by one; null where it never did. */
  readonly refused: number | null
}

export interface LargestRequestOptions {
  readonly table: Table
  /** What can be read. */
  readonly ranges: readonly Range[]
  /** Given at one time already. */
  readonly known: number
  readonly read: (span: Span) => Promise<Answer>
}

/**
 * Finds by asking how many values a unit gives at a time: the whole of the longest readable range, as far as the specification allows, then halving.
 * Many devices give fewer than the specification's 125, and say so only by refusing.
 * @throws DriverFault CONNECTION_LOST
 */
export async function largestRequest({ table, ranges, known, read }: LargestRequestOptions): Promise<LargestRequest> {
  const longest = ranges.reduce((most, range) => (range.quantity > most.quantity ? range : most), { from: 0, quantity: 0 })
  let granted = known
  let refused: number | null = null
  let next = Math.min(longest.quantity, TABLES[table].largestRequest)
  while (next > granted && (refused === null || next < refused)) {
    const answer = await read({ table, from: longest.from, quantity: next })
    if (answer.kind === 'values') granted = next
    else refused = next
    next = refused === null ? granted : Math.floor((granted + refused) / 2)
  }
  return { quantity: granted, refused }
}

/** E.g. `100 (101 are refused)`; what no readable range is long enough to show is said to be so. */
export function describeLargest({ quantity, refused }: LargestRequest, table: Table): string {
  if (refused !== null) return `${quantity} (${refused} are refused)`
  return quantity >= TABLES[table].largestRequest
    ? `${quantity}, as the specification allows`
    : `at least ${quantity}; nothing longer can be read`
}
