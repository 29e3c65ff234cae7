import { createHash } from 'node:crypto'
import { appendFile, open, readFile, truncate } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Fault, reasonOf } from '../faults/fault.js'
import { sheetEntrySchema } from './entry-schema.js'
import type { SheetEntry } from './sheet.js'

const MAX_BYTES = 64 * 1024 * 1024

export interface KeptEntries {
  readonly entries: readonly SheetEntry[]
  /** Of the lines that were read, in hex; what a report says it was made of. */
  readonly sha256: string
  /** Up to the end of the last whole line: what follows was torn by a crash. */
  readonly goodBytes: number
}

/** `plant.yaml` keeps its commissioning in `plant.commissioning.jsonl` beside it. */
export function journalPathOf(siteFile: string): string {
  return `${siteFile.replace(/\.ya?ml$/i, '')}.commissioning.jsonl`
}

/** All lines; none where there is no file. @throws Fault COMMISSIONING_INVALID with the line, FILE_PERMISSION. */
export async function readCommissioning(path: string): Promise<KeptEntries> {
  const bytes = await readFile(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return Buffer.alloc(0)
    throw new Fault('FILE_PERMISSION', {
      message: `${path} cannot be read`,
      where: { file: resolve(path) },
      because: reasonOf(thrown),
      advice: { file: path },
      cause: thrown,
    })
  })
  if (bytes.length > MAX_BYTES) throw invalid(path, 1, `it is larger than ${MAX_BYTES / 1024 / 1024} MiB`)
  const goodBytes = bytes.lastIndexOf(0x0a) + 1
  const good = bytes.subarray(0, goodBytes)
  const lines = good.toString('utf8').split('\n').slice(0, -1)
  const entries = lines.map((line, index) => entryOf(line, path, index + 1))
  return { entries, goodBytes, sha256: createHash('sha256').update(good).digest('hex') }
}

/** Adds a line, durably. @throws Fault FILE_PERMISSION. */
export async function keepEntry(path: string, entry: SheetEntry): Promise<void> {
  try {
    await appendFile(path, `${JSON.stringify(entry)}\n`)
    await using file = await open(path, 'r+')
    await file.sync()
  } catch (thrown) {
    throw new Fault('FILE_PERMISSION', {
      message: `${path} cannot be written`,
      where: { file: resolve(path) },
      because: reasonOf(thrown),
      advice: { file: path },
      cause: thrown,
    })
  }
}

/** Cuts off what a crash left of a line, so that the next one begins a line of its own. */
export async function mendCommissioning(path: string, { goodBytes }: KeptEntries): Promise<void> {
  await truncate(path, goodBytes).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT') throw thrown
  })
}

function entryOf(line: string, path: string, number: number): SheetEntry {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (thrown) {
    throw invalid(path, number, reasonOf(thrown))
  }
  const read = sheetEntrySchema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw invalid(path, number, `${issue?.path.map(String).join(' › ') ?? ''} ${issue?.message ?? 'not as expected'}`.trim())
}

function invalid(path: string, line: number, because: string): Fault {
  return new Fault('COMMISSIONING_INVALID', {
    message: `${path}:${line} is no line of a commissioning sheet`,
    where: { file: `${resolve(path)}:${line}` },
    because,
    advice: { file: path },
  })
}
