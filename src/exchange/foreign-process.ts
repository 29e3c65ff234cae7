/**
 * A process of its own that reads one foreign Parquet or DuckDB file and writes its columns as plain Parquet for its parent.
 * 844 bytes have made a reader of Parquet allocate 104 GiB; here that ends this process and no other. It imports nothing of ours, so
 * that it can be started from the sources and from the build alike.
 */
import process from 'node:process'
import { DuckDBInstance } from '@duckdb/node-api'

export interface ForeignRequest {
  readonly path: string
  readonly kind: 'parquet' | 'duckdb'
  /** A folder for what it writes. */
  readonly into: string
  /** Of DuckDB's own accounting. */
  readonly memoryMb: number
}

export interface ForeignAnswer {
  readonly relations?: readonly { readonly name: string; readonly file: string }[]
  readonly problem?: string
}

const WATCH_EVERY_MS = 20
const MOST_TABLES = 100
const MOST_COLUMNS = 4096
/** DuckDB does not account for all that it allocates. */
const OVERHEAD_MB = 512
/** What the parent takes this end for. */
const TOO_MUCH_MEMORY = 86
/** Lists of samples: a row group must fit into memory. */
const GROUP_ROWS = 4096

process.once('message', (request: ForeignRequest) => {
  const limitBytes = (request.memoryMb + OVERHEAD_MB) * 1024 * 1024
  setInterval(() => {
    if (process.memoryUsage.rss() > limitBytes) process.exit(TOO_MUCH_MEMORY)
  }, WATCH_EVERY_MS).unref()
  convert(request).then(
    (relations) => answer({ relations }),
    (thrown: unknown) => answer({ problem: thrown instanceof Error ? thrown.message : String(thrown) }),
  )
})
process.once('disconnect', () => process.exit(0))

function answer(message: ForeignAnswer): void {
  process.send?.(message, undefined, undefined, () => process.exit(0))
}

async function convert({ path, kind, into, memoryMb }: ForeignRequest): Promise<NonNullable<ForeignAnswer['relations']>> {
  const instance = await DuckDBInstance.create(kind === 'duckdb' ? path : ':memory:', {
    ...(kind === 'duckdb' ? { access_mode: 'READ_ONLY' } : {}),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    memory_limit: `${memoryMb}MB`,
    temp_directory: '',
    threads: '2',
  })
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  await connection.run(`SET allowed_directories = [${text(into)}]`)
  if (kind === 'parquet') await connection.run(`SET allowed_paths = [${text(path)}]`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  // Tables only: a view of a foreign database may say anything.
  const tables =
    kind === 'parquet'
      ? [{ name: 'readings', from: `read_parquet(${text(path)})` }]
      : (await connection.runAndReadAll('SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal ORDER BY 2 LIMIT 101'))
          .getRows()
          .map(([schema, table]) => ({ name: String(table), from: `${identifier(String(schema))}.${identifier(String(table))}` }))
  if (tables.length > MOST_TABLES) throw new TypeError(`it has more than ${MOST_TABLES} tables`)
  const relations = []
  for (const [i, { name, from }] of tables.entries()) {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)
    const columns = described.getRows().map(([column, type]) => [String(column), String(type)] as const)
    if (columns.length > MOST_COLUMNS) throw new TypeError(`${name} has more than ${MOST_COLUMNS} columns`)
    const cells = columns.map(([column, type]) =>
      isPlain(type) ? identifier(column) : `(${identifier(column)})::VARCHAR AS ${identifier(column)}`,
    )
    const file = `${into}/foreign-${i}.parquet`
    await connection.run(
      `COPY (SELECT ${cells.join(', ')} FROM ${from}) TO ${text(file)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${GROUP_ROWS * (columns.some(([, type]) => type.endsWith('[]')) ? 1 : 30)})`,
    )
    relations.push({ name, file })
  }
  return relations
}

/** Numbers, texts, times, and lists of numbers or texts; anything else travels as text. */
function isPlain(type: string): boolean {
  return /^((U?(TINY|SMALL|BIG)?INT(EGER)?|U?HUGEINT|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|VARCHAR|BOOLEAN|DATE|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)|(FLOAT|DOUBLE|VARCHAR)\[\])$/.test(
    type,
  )
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
