import { readRequest } from './pdu.js'
import { TABLES } from './register-type.js'

const QUESTIONS = Object.keys(TABLES).map((table) => readRequest({ table: table as keyof typeof TABLES, from: 0, quantity: 1 }))

/** One register or bit of each table, beginning with another table each time: some devices stay silent to functions that they do not know. */
export function settlingQuestions(turn: number): readonly Uint8Array[] {
  const first = turn % QUESTIONS.length
  return [...QUESTIONS.slice(first), ...QUESTIONS.slice(0, first)]
}
