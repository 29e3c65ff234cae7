import type { EpochMicros } from '../../../readings/time.js'
import { Problem } from '../problem.js'
import type { LicenceDatabase } from './licence-database.js'

const KEPT_MICROS = 86_400_000_000
const KEY = /^[\x21-\x7e]{8,128}$/

export interface Answer {
  readonly status: 200 | 201
  readonly body: unknown
}

export interface KeyedRequest {
  readonly customer: string
  readonly key: string | undefined
  /** Digest of method, path and body: the same key with another one is a mistake. */
  readonly digest: string
  readonly now: EpochMicros
}

/**
 * Does the work once for a key: a repeated request gets the first answer. Work, its effect and the kept answer are one
 * transaction, so a second request with the key of one that still runs waits for it. A no is not kept: it changed nothing.
 */
export function answerOnce(store: LicenceDatabase, { customer, key, digest, now }: KeyedRequest, work: () => Answer): Answer {
  if (key === undefined) throw new Problem(400, 'IDEMPOTENCY_KEY_MISSING', 'this request changes something: send an Idempotency-Key')
  if (!KEY.test(key)) throw new Problem(400, 'IDEMPOTENCY_KEY_INVALID', 'an Idempotency-Key is 8 to 128 visible ASCII characters')
  return store.transaction(() => {
    store.db.prepare('DELETE FROM answer WHERE at < ?').run(now - KEPT_MICROS)
    const kept = store.db.prepare('SELECT request, status, body FROM answer WHERE customer = ? AND key = ?').get(customer, key)
    if (kept !== undefined) {
      if (kept['request'] === digest) return { status: Number(kept['status']) as Answer['status'], body: JSON.parse(String(kept['body'])) }
      throw new Problem(422, 'IDEMPOTENCY_KEY_REUSED', 'this Idempotency-Key came with another request before')
    }
    const answer = work()
    store.db
      .prepare('INSERT INTO answer (customer, key, request, status, body, at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(customer, key, digest, answer.status, JSON.stringify(answer.body), now)
    return answer
  })
}
