/** A value of line protocol: a float, an integer in its digits, a text, or a truth. */
export type FieldValue =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'integer'; readonly digits: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'truth'; readonly value: boolean }

/** One line of InfluxDB line protocol. */
export interface Point {
  readonly measurement: string
  readonly tags: ReadonlyMap<string, string>
  readonly fields: ReadonlyMap<string, FieldValue>
  /** As written; null where the line has none. */
  readonly timestamp: string | null
}

/** What is wrong with a line; `at` is the place in it, from 0. */
export class LineProtocolError extends Error {
  override readonly name = 'LineProtocolError'
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const MOST_FIELDS = 10_000

/** Where the line that begins at `from` ends (its line feed); -1 where that is not in this text: a quoted field may hold line feeds. */
export function endOfLine(text: string, from: number): number {
  let quoted = false
  // Quotes mean something among the fields only, behind the first space that is not escaped.
  let inFields = text[from] === '#' ? 'comment' : 'no'
  for (let at = from; at < text.length; at++) {
    const letter = text[at]
    if (letter === '\n' && !quoted) return at
    if (inFields === 'comment') continue
    if (letter === '\\') at++
    else if (letter === ' ' && inFields === 'no') inFields = 'yes'
    else if (letter === '"' && inFields === 'yes') quoted = !quoted
  }
  return -1
}

/** Reads one line; null where it is empty or a comment. @throws LineProtocolError and nothing else. */
export function parsePoint(line: string): Point | null {
  if (line.trim() === '' || line.startsWith('#')) return null
  const cursor = { line, at: 0 }
  const measurement = word(cursor, ', ')
  if (measurement === '') throw new LineProtocolError('there is no measurement', 0)
  const tags = new Map<string, string>()
  while (line[cursor.at] === ',') {
    cursor.at++
    const key = word(cursor, '=, ')
    if (line[cursor.at] !== '=') throw new LineProtocolError(`the tag ${key} has no value`, cursor.at)
    cursor.at++
    tags.set(key, word(cursor, ', '))
  }
  const fields = fieldsAt(cursor)
  while (line[cursor.at] === ' ') cursor.at++
  const timestamp = line.slice(cursor.at).trim()
  if (!/^(-?\d{1,19})?$/.test(timestamp)) throw new LineProtocolError(`"${timestamp.slice(0, 40)}" is no timestamp`, cursor.at)
  return { measurement, tags, fields, timestamp: timestamp === '' ? null : timestamp }
}

interface Cursor {
  readonly line: string
  at: number
}

function fieldsAt(cursor: Cursor): Map<string, FieldValue> {
  const { line } = cursor
  const fields = new Map<string, FieldValue>()
  while (line[cursor.at] === ' ') cursor.at++
  for (;;) {
    const key = word(cursor, '=, ')
    if (key === '' || line[cursor.at] !== '=') throw new LineProtocolError('a field is expected', cursor.at)
    cursor.at++
    fields.set(key, valueAt(cursor, key))
    if (fields.size > MOST_FIELDS) throw new LineProtocolError(`there are more than ${MOST_FIELDS} fields`, cursor.at)
    if (line[cursor.at] !== ',') return fields
    cursor.at++
  }
}

function valueAt(cursor: Cursor, key: string): FieldValue {
  if (cursor.line[cursor.at] === '"') return { kind: 'text', text: quotedAt(cursor) }
  const start = cursor.at
  const text = word(cursor, ', ')
  if (/^[+-]?\d+[iu]$/.test(text)) return { kind: 'integer', digits: text.slice(0, -1) }
  if (/^(t|T|true|True|TRUE|f|F|false|False|FALSE)$/.test(text)) return { kind: 'truth', value: /^t/i.test(text) }
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw new LineProtocolError(`${key.slice(0, 40)}: "${text.slice(0, 40)}" is no value`, start)
  return { kind: 'float', value }
}

/** Within quotes a backslash escapes a quote and itself, and nothing else. */
function quotedAt(cursor: Cursor): string {
  const { line } = cursor
  let text = ''
  for (let at = cursor.at + 1; at < line.length; at++) {
    const letter = line[at] ?? ''
    if (letter === '"') {
      cursor.at = at + 1
      return text
    }
    const next = line[at + 1]
    if (letter === '\\' && (next === '"' || next === '\\')) {
      text += next
      at++
    } else text += letter
  }
  throw new LineProtocolError('a text is not closed', cursor.at)
}

/** Up to one of the letters in `ends`. A backslash escapes comma, equals sign and space; elsewhere it is a backslash. */
function word(cursor: Cursor, ends: string): string {
  const { line } = cursor
  let text = ''
  for (; cursor.at < line.length; cursor.at++) {
    const letter = line[cursor.at] ?? ''
    const next = line[cursor.at + 1]
    if (letter === '\\' && (next === ',' || next === '=' || next === ' ')) {
      text += next
      cursor.at++
    } else if (ends.includes(letter)) return text
    else text += letter
  }
  return text
}
