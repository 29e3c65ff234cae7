import { counted } from '../../readings/counted.js'
import type { ModbusLine, Question } from './exchange.js'
import { nameOfException, PduError, parseReadReply, readRequest, type Span } from './pdu.js'

/** What a unit said when it was asked for part of a table. */
export type Answer =
  | { readonly kind: 'values'; readonly values: Uint16Array; readonly tookMs: number }
  | { readonly kind: 'exception'; readonly code: number; readonly tookMs: number }
  | { readonly kind: 'silence'; readonly waitedMs: number }
  | { readonly kind: 'malformed'; readonly why: string }

export type Asking = Omit<Question, 'pdu'>

/**
 * Reads part of a table.
 * @throws DriverFault CONNECTION_LOST when the line breaks.
 */
export async function readSpan(client: ModbusLine, asking: Asking, span: Span): Promise<Answer> {
  const exchange = await client.ask({ ...asking, pdu: readRequest(span) })
  if (exchange.kind !== 'reply') return exchange
  try {
    return { ...parseReadReply(exchange.pdu, span), tookMs: exchange.tookMs }
  } catch (thrown) {
    if (thrown instanceof PduError) return { kind: 'malformed', why: thrown.message }
    throw thrown
  }
}

/** An answer without values, in words. */
export function describeAnswer(answer: Answer): string {
  switch (answer.kind) {
    case 'values':
      return counted(answer.values.length, 'value')
    case 'exception':
      return nameOfException(answer.code)
    case 'silence':
      return answer.waitedMs === 0 ? 'it was silent and is not asked again so soon' : `no answer within ${Math.round(answer.waitedMs)} ms`
    case 'malformed':
      return `no valid answer: ${answer.why}`
  }
}
