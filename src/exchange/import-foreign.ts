import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { Fault, reasonOf } from '../faults/fault.js'
import { sqlText } from '../recordings/sql-text.js'
import type { ForeignAnswer, ForeignRequest } from './foreign-process.js'
import type { ImportJob } from './import-job.js'
import { importInvalid } from './import-problem.js'
import { importRelation, ownTable } from './import-relation.js'

/** As the process ends when it has taken more memory than it may. */
const TOO_MUCH_MEMORY = 86
/** The process beside this file, in the sources or in the build. */
const PROGRAM = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './foreign-process.ts' : './foreign-process.js', import.meta.url))

/**
 * A Parquet or DuckDB file that somebody else made: read in a process of its own, with limits on memory and time.
 * @throws Fault IMPORT_INVALID, IMPORT_LIMIT, IMPORT_UNCLEAR, INTERRUPTED.
 */
export async function importForeign(job: ImportJob, path: string, kind: ForeignRequest['kind']): Promise<void> {
  const into = join(job.folder, `foreign-${crypto.randomUUID().slice(0, 8)}`)
  await mkdir(into)
  const relations = await readForeign(job, { path: resolve(path), kind, into, memoryMb: job.limits.memoryMb })
  let taken = 0
  for (const { name, file } of relations) {
    const source = `read_parquet(${sqlText(file)})`
    const described = await job.connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`)
    const columns = described.getRows().map(([column, type]) => [String(column), String(type)] as const)
    if (
      kind === 'duckdb' &&
      ownTable({ columns, name: kind === 'duckdb' ? name : path }) === null &&
      relations.length > 1 &&
      job.mapping.time === undefined
    ) {
      job.notes.push(`the table ${name} has other columns than a recording and was passed over`)
      continue
    }
    const own = ownTable({ columns, name: kind === 'duckdb' ? name : path })
    const select = `SELECT row_number() OVER () AS n, * FROM ${source}`
    await importRelation(job, {
      path,
      select,
      columns,
      own,
      cells: 'plain',
      placeOf: (row) => Promise.resolve({ table: name, row: String(row) }),
    })
    taken++
  }
  if (taken === 0) throw importInvalid(path, 'none of its tables could be taken')
}

async function readForeign(job: ImportJob, request: ForeignRequest): Promise<NonNullable<ForeignAnswer['relations']>> {
  const child = spawn(process.execPath, ['--max-old-space-size=256', '--disable-warning=ExperimentalWarning', PROGRAM], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Secrets of this process are no business of one that reads hostile files.
    env: { NODE_ENV: 'production' },
  })
  const { promise, resolve: settle } = Promise.withResolvers<ForeignAnswer | { readonly ended: number | string }>()
  const stop = () => child.kill('SIGKILL')
  const timer = setTimeout(() => {
    settle({ ended: 'late' })
    stop()
  }, job.limits.timeoutMs)
  job.signal.addEventListener('abort', stop, { once: true })
  let complaint = ''
  child.stderr?.on('data', (piece: Buffer) => (complaint = (complaint + piece.toString()).slice(-2000)))
  child.once('message', (message: ForeignAnswer) => settle(message))
  child.once('error', (thrown) => settle({ problem: reasonOf(thrown) }))
  child.once('close', (code, signal) => settle({ ended: code ?? signal ?? 'nobody knows why' }))
  child.send(request, () => {})
  try {
    const answer = await promise
    if (job.signal.aborted) throw new Fault('INTERRUPTED', { message: 'the import was interrupted; nothing was changed' })
    if ('ended' in answer) throw limitOrCrash(request.path, answer.ended, { job, complaint })
    if (answer.problem !== undefined || answer.relations === undefined) throw refused(request, answer.problem ?? 'it gave nothing')
    return answer.relations
  } finally {
    clearTimeout(timer)
    job.signal.removeEventListener('abort', stop)
    stop()
  }
}

function refused({ path, memoryMb }: ForeignRequest, problem: string): Fault {
  if (problem.startsWith('Out of Memory')) return limit(path, `it needs more than ${memoryMb} MB`)
  return importInvalid(path, problem.split('\n')[0] ?? problem)
}

function limitOrCrash(
  path: string,
  ended: number | string,
  { job, complaint }: { readonly job: ImportJob; readonly complaint: string },
): Fault {
  if (ended === 'late') return limit(path, `it was not read within ${job.limits.timeoutMs / 1000} s`)
  if (ended === TOO_MUCH_MEMORY) return limit(path, `reading it took more than ${job.limits.memoryMb} MB of memory`)
  const because = complaint.trim().split('\n').at(-1)
  return importInvalid(path, `the process that read it ended by ${ended}${because ? `: ${because}` : ''}`)
}

function limit(path: string, because: string): Fault {
  return new Fault('IMPORT_LIMIT', {
    message: `${path} asks for more than reading may take`,
    where: { file: path },
    because,
    advice: { file: path },
  })
}
