import type { EpochMicros } from '../../../readings/time.js'
import { canonicalJson, digestOf } from '../../canonical-json.js'
import type { SensorConfiguration } from '../../sensor-configuration.js'
import type { LicenceDatabase } from './licence-database.js'
import { headOf, type Revision, type SiteOf } from './revisions.js'

export interface Stored {
  readonly name: string
  readonly etag: string
  readonly configuration: SensorConfiguration
}

/** One sensor that a revision changes; before null: it was not there; after null: it is gone. */
export interface Change {
  readonly name: string
  readonly before: SensorConfiguration | null
  readonly after: SensorConfiguration | null
}

export function configurationOf({ db }: LicenceDatabase, { customer, site }: SiteOf, name: string): Stored | undefined {
  const row = db.prepare('SELECT * FROM configuration WHERE customer = ? AND site = ? AND name = ?').get(customer, site, name)
  return row === undefined ? undefined : storedOf(row)
}

/** A page of a site's sensors by name. */
export function configurationsOf(
  { db }: LicenceDatabase,
  { customer, site }: SiteOf,
  page: { readonly after: string; readonly limit: number },
): Stored[] {
  return db
    .prepare('SELECT * FROM configuration WHERE customer = ? AND site = ? AND name > ? ORDER BY name LIMIT ?')
    .all(customer, site, page.after, page.limit)
    .map(storedOf)
}

/** What a customer uses over all sites: active sensors, and facilities that have any. */
export function useOf({ db }: LicenceDatabase, customer: string): { readonly sensors: number; readonly facilities: number } {
  const row = db
    .prepare('SELECT count(*) AS sensors, count(DISTINCT site) AS facilities FROM configuration WHERE customer = ?')
    .get(customer)
  return { sensors: Number(row?.['sensors']), facilities: Number(row?.['facilities']) }
}

/** Writes the changes and the revision that they make. Call inside a transaction, after the licence has been asked in it. */
export function commit(
  store: LicenceDatabase,
  where: SiteOf,
  { changes, at, source }: { readonly changes: readonly Change[]; readonly at: EpochMicros; readonly source: string },
): Revision {
  const { db } = store
  const { customer, site } = where
  const parent = headOf(store, where)
  const number = parent.number + 1
  const etag = digestOf({ parent: parent.etag, changes })
  db.prepare('INSERT INTO revision (customer, site, number, etag, at, source) VALUES (?, ?, ?, ?, ?, ?)').run(
    customer,
    site,
    number,
    etag,
    at,
    source,
  )
  const record = db.prepare('INSERT INTO change (customer, site, number, name, before, after) VALUES (?, ?, ?, ?, ?, ?)')
  const put = db.prepare('INSERT OR REPLACE INTO configuration (customer, site, name, etag, body) VALUES (?, ?, ?, ?, ?)')
  const remove = db.prepare('DELETE FROM configuration WHERE customer = ? AND site = ? AND name = ?')
  for (const { name, before, after } of changes) {
    record.run(customer, site, number, name, before && canonicalJson(before), after && canonicalJson(after))
    if (after === null) remove.run(customer, site, name)
    else put.run(customer, site, name, digestOf(after), canonicalJson(after))
  }
  return { number, etag, at, source }
}

/** What happened to each sensor since a revision, first state against last; those that came back to it are left out. */
export function changesSince({ db }: LicenceDatabase, { customer, site }: SiteOf, number: number): Change[] {
  const rows = db
    .prepare('SELECT name, before, after FROM change WHERE customer = ? AND site = ? AND number > ? ORDER BY number')
    .all(customer, site, number)
  const spans = new Map<string, { before: unknown; after: unknown }>()
  for (const row of rows) {
    const name = String(row['name'])
    spans.set(name, { before: (spans.get(name) ?? { before: row['before'] }).before, after: row['after'] })
  }
  return [...spans].flatMap(([name, { before, after }]) =>
    before === after ? [] : [{ name, before: parsed(before), after: parsed(after) }],
  )
}

function parsed(text: unknown): SensorConfiguration | null {
  return typeof text === 'string' ? (JSON.parse(text) as SensorConfiguration) : null
}

function storedOf(row: Record<string, unknown>): Stored {
  return { name: String(row['name']), etag: String(row['etag']), configuration: JSON.parse(String(row['body'])) as SensorConfiguration }
}
