import { Problem } from './problem.js'

/** The strong ETags of an If-Match or If-None-Match; weak ones never match (RFC 9110 section 13.1.1). */
export function etagsIn(header: string): readonly string[] {
  return [...header.matchAll(/(?:^|,)\s*"([\x21\x23-\x7e]*)"/g)].map(([, tag = '']) => tag)
}

/**
 * Holds a change to what its sender has seen: `If-Match: "…"` of the present state, or `If-None-Match: *` for something new.
 * @param present  the present ETag; null where there is nothing.
 * @throws Problem 428 where neither is sent, 412 where it does not agree.
 */
export function requireMatch(
  headers: { readonly ifMatch?: string | undefined; readonly ifNoneMatch?: string | undefined },
  present: string | null,
): void {
  const { ifMatch, ifNoneMatch } = headers
  if (ifMatch === undefined && ifNoneMatch === undefined) {
    throw new Problem(428, 'PRECONDITION_REQUIRED', 'send If-Match with the ETag that you saw, or If-None-Match: * for something new')
  }
  const matches = ifMatch === undefined || (present !== null && (ifMatch.trim() === '*' || etagsIn(ifMatch).includes(present)))
  const isNew =
    ifNoneMatch === undefined ||
    (ifNoneMatch.trim() === '*' ? present === null : present === null || !etagsIn(ifNoneMatch).includes(present))
  if (matches && isNew) return
  throw new Problem(412, 'PRECONDITION_FAILED', 'it is not as you saw it any more', { present_etag: present })
}
