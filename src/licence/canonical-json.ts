import { createHash } from 'node:crypto'

const MAX_DEPTH = 64

/** What cannot be written as canonical JSON: a lone surrogate, a number that is none, too deep a nesting. */
export class CanonicalJsonError extends Error {
  override readonly name = 'CanonicalJsonError'
}

/**
 * JSON in the one form of RFC 8785: no blanks, names sorted by UTF-16 code units, numbers as ECMAScript prints them.
 * Absent (undefined) members are left out, as JSON.stringify does.
 * @throws CanonicalJsonError
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new CanonicalJsonError(`nested deeper than ${MAX_DEPTH} levels`)
  if (typeof value === 'number' && !Number.isFinite(value)) throw new CanonicalJsonError(`${value} is no JSON number`)
  if (typeof value === 'string' && !value.isWellFormed()) throw new CanonicalJsonError('a string holds half a surrogate pair')
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`
  if (typeof value !== 'object') throw new CanonicalJsonError(`a ${typeof value} is no JSON`)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // The default order of sort() is that of UTF-16 code units, which RFC 8785 section 3.2.3 asks for.
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${canonicalJson(name, depth)}:${canonicalJson(member, depth + 1)}`)
  return `{${members.join(',')}}`
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}
