import type { DuckDBConnection } from '@duckdb/node-api'
import { type PartEntry, type PartTable, partName } from '../readings/recording-layout.js'
import { temporaryPath } from '../sinks/recording/part-file.js'
import { buildPart } from './build-part.js'

/** Writes new parts of a recording under their temporary names, numbered one after the other. */
export interface PartScribe {
  readonly connection: DuckDBConnection
  readonly signal: AbortSignal
  /** Where a part lies until it is committed. */
  pathOf(this: void, name: string): string
  /** @returns the part; nothing where the SELECT gives no rows. */
  write(this: void, table: PartTable, select: string): Promise<readonly PartEntry[]>
}

export function partScribe(options: {
  readonly folder: string
  readonly connection: DuckDBConnection
  readonly signal: AbortSignal
  /** The first number that no part has had. */
  readonly number: number
}): PartScribe {
  const { folder, connection, signal } = options
  let next = options.number
  return {
    connection,
    signal,
    pathOf: (name) => temporaryPath(folder, name),
    async write(table, select) {
      const name = partName(table, next)
      const part = await buildPart({ connection, table, select, name, path: temporaryPath(folder, name), signal })
      if (part === null) return []
      next++
      return [part]
    },
  }
}
