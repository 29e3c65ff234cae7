import pg from 'pg'
import type { Credentials } from '../../drivers/contract.js'
import { reasonOf } from '../../faults/fault.js'
import type { Sink } from '../contract.js'
import { DeliveryError, type FarEnd, type Refusal } from '../spool/far-end.js'
import { createSpoolingSink } from '../spool/spooling-sink.js'
import type { SinkSurroundings } from '../surroundings.js'
import { type PostgresTarget, parsePostgresTarget } from './postgres-target.js'
import { columnsOf, createTable, insertRows } from './statements.js'

/** How long one insert may take; a busy database takes its time. */
const MIN_TIMEOUT_MS = 10_000

/** Sends readings to a table of PostgreSQL or TimescaleDB (README.md). */
export function createPostgresSink(address: string, around: SinkSurroundings): Sink {
  const target = parsePostgresTarget(address)
  const { name, waveforms } = target
  return createSpoolingSink({ name, waveforms, farEnd: new DatabaseEnd(target, around), around })
}

class DatabaseEnd implements FarEnd {
  readonly #target: PostgresTarget
  readonly #around: SinkSurroundings
  #client: pg.Client | null = null

  constructor(target: PostgresTarget, around: SinkSurroundings) {
    this.#target = target
    this.#around = around
  }

  async deliver(parcels: Parameters<FarEnd['deliver']>[0], signal: AbortSignal): Promise<void> {
    // pg knows no signals; hanging up is what ends a query.
    const hangUp = (): void => void this.close()
    signal.addEventListener('abort', hangUp, { once: true })
    try {
      const client = (this.#client ??= await this.#connect())
      await client.query(insertRows(this.#target.table), columnsOf(parcels) as unknown[])
    } catch (thrown) {
      const error = deliveryErrorOf(thrown, this.#target)
      // After a complaint about content the connection is as good as before.
      if (error.refusal !== 'unacceptable') await this.close()
      throw error
    } finally {
      signal.removeEventListener('abort', hangUp)
    }
  }

  async close(): Promise<void> {
    const client = this.#client
    this.#client = null
    await client?.end().catch(() => undefined)
  }

  async #connect(): Promise<pg.Client> {
    const { create, table, user, host, port } = this.#target
    const client = new pg.Client(configOf(this.#target, this.#around, this.#around.credentials?.({ scheme: 'postgres', host, port, user })))
    // One without a listener would end the program when an idle connection breaks.
    client.on('error', () => {
      if (this.#client === client) this.#client = null
    })
    try {
      await client.connect()
      if (create === 'yes') await client.query(createTable(table))
      return client
    } catch (thrown) {
      await client.end().catch(() => undefined)
      throw thrown
    }
  }
}

function configOf(target: PostgresTarget, around: SinkSurroundings, credentials: Credentials | undefined): pg.ClientConfig {
  const { host, port, database, tls } = target
  const user = credentials?.user ?? target.user
  const timeoutMs = Math.max(MIN_TIMEOUT_MS, around.timeoutMs)
  return {
    host,
    port,
    database,
    ...(user === null ? {} : { user }),
    ...(credentials ? { password: credentials.password } : {}),
    ssl: tls === 'verified' ? { rejectUnauthorized: true } : false,
    application_name: 'chatterfix',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    keepAlive: true,
  }
}

/**
 * SQLSTATE classes, PostgreSQL manual, appendix A. 22 and 23 complain about the content; 28, 3D, 3F and 42 about who we are or what is
 * missing; the rest (08, 40, 53, 55, 57, 58, XX) passes.
 */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  22: 'unacceptable',
  23: 'unacceptable',
  28: 'refused',
  '3D': 'refused',
  '3F': 'refused',
  42: 'refused',
}
const UNDEFINED_TABLE = '42P01'
const NO_UNIQUE_KEY = '42P10'

function deliveryErrorOf(thrown: unknown, { table }: PostgresTarget): DeliveryError {
  const state = (thrown as { code?: unknown }).code
  const code = typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state) ? state : ''
  const refusal = REFUSALS[code.slice(0, 2)] ?? 'unreachable'
  if (code === UNDEFINED_TABLE) return new DeliveryError(refusal, `there is no table ${table}; create=yes in the address makes it`)
  if (code === NO_UNIQUE_KEY) return new DeliveryError(refusal, `${table} has no unique key (sensor, time, sequence)`)
  return new DeliveryError(refusal, reasonOf(thrown))
}
