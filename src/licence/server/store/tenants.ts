import { createHash } from 'node:crypto'
import type { Customer, Tenant } from '../../customer.js'
import type { TierName } from '../../tiers.js'
import type { LicenceDatabase } from './licence-database.js'

/** Makes the store's customers those of the file; what they configured stays, also of those who left. */
export function replaceCustomers(store: LicenceDatabase, customers: readonly Customer[]): void {
  store.transaction(() => {
    store.db.exec('DELETE FROM customer')
    const insert = store.db.prepare(
      'INSERT INTO customer (id, tier, sensor_limit, expires_at, is_trial, token_hash) VALUES (?, ?, ?, ?, ?, ?)',
    )
    for (const it of customers) insert.run(it.id, it.tier, it.sensor_limit, it.expires_at, it.is_trial ? 1 : 0, hashOf(it.token))
  })
}

/** Whose token this is; undefined where nobody's. */
export function tenantOfToken(store: LicenceDatabase, token: string): Tenant | undefined {
  const row = store.db.prepare('SELECT id, tier, sensor_limit, expires_at, is_trial FROM customer WHERE token_hash = ?').get(hashOf(token))
  if (row === undefined) return undefined
  return {
    id: String(row['id']),
    tier: row['tier'] as TierName,
    sensor_limit: Number(row['sensor_limit']),
    expires_at: row['expires_at'] === null ? null : String(row['expires_at']),
    is_trial: row['is_trial'] === 1,
  }
}

/** Tokens are long and random (the customers file asks for that), so a plain hash keeps them. */
function hashOf(token: string): string {
  return createHash('sha256').update(`chatterfix token\0${token}`).digest('hex')
}
