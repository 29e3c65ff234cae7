import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Fault, reasonOf } from '../../../faults/fault.js'

const VERSION = 1

/**
 * `change` is one sensor of one revision; `configuration` is the newest state, kept as an index.
 * A site's ETag chains: SHA-256 over its parent's and the changes, so that a plan's base names one revision for ever.
 */
const SCHEMA = `
  CREATE TABLE customer (id TEXT PRIMARY KEY, tier TEXT NOT NULL, sensor_limit INTEGER NOT NULL, expires_at TEXT,
    is_trial INTEGER NOT NULL, token_hash TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE configuration (customer TEXT NOT NULL, site TEXT NOT NULL, name TEXT NOT NULL, etag TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (customer, site, name)) STRICT, WITHOUT ROWID;
  CREATE TABLE revision (customer TEXT NOT NULL, site TEXT NOT NULL, number INTEGER NOT NULL, etag TEXT NOT NULL, at INTEGER NOT NULL,
    source TEXT NOT NULL, PRIMARY KEY (customer, site, number)) STRICT, WITHOUT ROWID;
  CREATE INDEX revision_by_etag ON revision (customer, site, etag);
  CREATE TABLE change (customer TEXT NOT NULL, site TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, before TEXT, after TEXT,
    PRIMARY KEY (customer, site, number, name)) STRICT, WITHOUT ROWID;
  CREATE TABLE plan (id TEXT PRIMARY KEY, customer TEXT NOT NULL, site TEXT NOT NULL, base_etag TEXT NOT NULL, hash TEXT NOT NULL,
    documents TEXT NOT NULL, expires_at INTEGER NOT NULL, applied_revision INTEGER) STRICT;
  CREATE INDEX plan_by_end ON plan (expires_at);
  CREATE TABLE answer (customer TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (customer, key)) STRICT, WITHOUT ROWID;
  CREATE INDEX answer_by_time ON answer (at);
  PRAGMA user_version = ${VERSION};
`

/** The server's whole state, in one SQLite file. */
export class LicenceDatabase {
  readonly db: DatabaseSync

  /** @throws Fault LICENCE_STORE_UNUSABLE */
  constructor(folder: string) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      this.db = new DatabaseSync(join(folder, 'licence.sqlite'))
      // The wait blocks this process, so it is short; the client comes again after a 503.
      this.db.exec('PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
      this.#prepare()
    } catch (thrown) {
      throw new Fault('LICENCE_STORE_UNUSABLE', {
        message: `the licence server cannot keep its state in ${folder}`,
        where: { folder },
        because: reasonOf(thrown),
        advice: { folder },
        cause: thrown,
      })
    }
  }

  #prepare(): void {
    this.transaction(() => {
      const version = this.db.prepare('PRAGMA user_version').get()?.['user_version']
      if (version === 0) this.db.exec(SCHEMA)
      else if (version !== VERSION) {
        throw new Fault('LICENCE_STORE_UNUSABLE', { message: `the state is of version ${String(version)}; this program knows ${VERSION}` })
      }
    })
  }

  /** All or nothing; takes the write lock at once, so that what was read stays true until the commit, across processes too. */
  transaction<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.db.exec('COMMIT')
      return result
    } catch (thrown) {
      this.#rollBack()
      throw thrown
    }
  }

  #rollBack(): void {
    try {
      this.db.exec('ROLLBACK')
    } catch {
      // SQLite has rolled back by itself where the disk failed it; what was thrown first is what counts.
    }
  }

  close(): void {
    this.db.close()
  }
}
