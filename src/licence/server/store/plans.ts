import type { EpochMicros } from '../../../readings/time.js'
import type { SensorConfiguration } from '../../sensor-configuration.js'
import type { LicenceDatabase } from './licence-database.js'
import type { SiteOf } from './revisions.js'

export interface Plan {
  readonly id: string
  readonly baseEtag: string
  readonly hash: string
  /** The site as it shall be, whole. */
  readonly documents: readonly SensorConfiguration[]
  readonly expiresAt: EpochMicros
  readonly appliedRevision: number | null
}

/** Keeps a plan, and forgets those that ended before `now`. */
export function savePlan({ db }: LicenceDatabase, { customer, site }: SiteOf, plan: Plan, now: EpochMicros): void {
  db.prepare('DELETE FROM plan WHERE expires_at < ?').run(now)
  db.prepare('INSERT INTO plan (id, customer, site, base_etag, hash, documents, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    plan.id,
    customer,
    site,
    plan.baseEtag,
    plan.hash,
    JSON.stringify(plan.documents),
    plan.expiresAt,
  )
}

export function planOf({ db }: LicenceDatabase, { customer, site }: SiteOf, id: string): Plan | undefined {
  const row = db.prepare('SELECT * FROM plan WHERE id = ? AND customer = ? AND site = ?').get(id, customer, site)
  if (row === undefined) return undefined
  return {
    id,
    baseEtag: String(row['base_etag']),
    hash: String(row['hash']),
    documents: JSON.parse(String(row['documents'])) as SensorConfiguration[],
    expiresAt: Number(row['expires_at']),
    appliedRevision: row['applied_revision'] === null ? null : Number(row['applied_revision']),
  }
}

export function markApplied({ db }: LicenceDatabase, id: string, revision: number): void {
  db.prepare('UPDATE plan SET applied_revision = ? WHERE id = ?').run(revision, id)
}
