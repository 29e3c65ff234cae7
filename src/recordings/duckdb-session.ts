import type { DuckDBConnection } from '@duckdb/node-api'

export interface DuckdbSession {
  readonly connection: DuckDBConnection
  readonly close: () => void
}

/**
 * A DuckDB of our own in memory, that fetches no extensions and spills nothing to the disk.
 *
 * @param memoryLimitMb  beyond it a statement fails instead of the program.
 */
export async function openDuckdb(options: { readonly memoryLimitMb: number; readonly threads?: number }): Promise<DuckdbSession> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    memory_limit: `${options.memoryLimitMb}MB`,
    temp_directory: '',
    threads: String(options.threads ?? 2),
  })
  const connection = await instance.connect()
  // Times lie in files as UTC; so are they shown.
  await connection.run("SET TimeZone = 'UTC'")
  return {
    connection,
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
