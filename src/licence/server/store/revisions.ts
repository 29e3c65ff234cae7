import type { EpochMicros } from '../../../readings/time.js'
import { digestOf } from '../../canonical-json.js'
import type { LicenceDatabase } from './licence-database.js'

export interface SiteOf {
  readonly customer: string
  readonly site: string
}

export interface Revision {
  readonly number: number
  readonly etag: string
  readonly at: EpochMicros
  /** What made it, e.g. `plan 3f…`. */
  readonly source: string
}

/** A site that nobody has configured. */
const NOTHING_YET: Revision = { number: 0, etag: digestOf({ parent: null, changes: [] }), at: 0, source: 'nothing yet' }

/** The newest revision of a site. */
export function headOf({ db }: LicenceDatabase, { customer, site }: SiteOf): Revision {
  const row = db.prepare('SELECT * FROM revision WHERE customer = ? AND site = ? ORDER BY number DESC LIMIT 1').get(customer, site)
  return row === undefined ? NOTHING_YET : revisionOf(row)
}

/** A page of revisions, newest first. */
export function revisionsOf(
  { db }: LicenceDatabase,
  { customer, site }: SiteOf,
  page: { readonly before: number; readonly limit: number },
): Revision[] {
  return db
    .prepare('SELECT * FROM revision WHERE customer = ? AND site = ? AND number < ? ORDER BY number DESC LIMIT ?')
    .all(customer, site, page.before, page.limit)
    .map(revisionOf)
}

/** The revision that an ETag names; undefined where it is none of this site. */
export function revisionNamed({ db }: LicenceDatabase, { customer, site }: SiteOf, etag: string): Revision | undefined {
  if (etag === NOTHING_YET.etag) return NOTHING_YET
  const row = db.prepare('SELECT * FROM revision WHERE customer = ? AND site = ? AND etag = ?').get(customer, site, etag)
  return row === undefined ? undefined : revisionOf(row)
}

function revisionOf(row: Record<string, unknown>): Revision {
  return { number: Number(row['number']), etag: String(row['etag']), at: Number(row['at']), source: String(row['source']) }
}
