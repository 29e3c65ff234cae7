import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { Fault } from '../faults/fault.js'
import { TEMPORARY_PREFIX } from '../readings/recording-layout.js'
import { syncFolder } from '../recordings/replace-file.js'

export interface WrittenFile {
  readonly path: string
  readonly bytes: number
}

/**
 * The files of one export. Each is written under a temporary name beside its place, and takes its place when all are whole;
 * what was not committed is removed.
 */
export class OutputFiles implements AsyncDisposable {
  readonly #existing: 'refuse' | 'replace'
  readonly #files = new Map<string, string>()

  constructor(existing: 'refuse' | 'replace') {
    this.#existing = existing
  }

  /** Where to write what will be `path`. @throws Fault EXPORT_EXISTS where a file is there that may not be replaced. */
  async add(path: string): Promise<string> {
    const place = resolve(path)
    if (this.#existing === 'refuse') await refuseExisting(place)
    await mkdir(dirname(place), { recursive: true })
    const temporary = join(dirname(place), `${TEMPORARY_PREFIX}${process.pid}-${crypto.randomUUID().slice(0, 8)}-${basename(place)}`)
    this.#files.set(place, temporary)
    return temporary
  }

  /** Brings all files to the disk and to their places. */
  async commit(): Promise<WrittenFile[]> {
    const written: WrittenFile[] = []
    for (const temporary of this.#files.values()) await syncFile(temporary)
    if (this.#existing === 'refuse') for (const place of this.#files.keys()) await refuseExisting(place)
    for (const [place, temporary] of this.#files) {
      const { size } = await stat(temporary)
      await rename(temporary, place)
      this.#files.delete(place)
      written.push({ path: place, bytes: size })
    }
    for (const folder of new Set(written.map(({ path }) => dirname(path)))) await syncFolder(folder)
    return written
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const temporary of this.#files.values()) {
      await rm(temporary, { force: true })
      // DuckDB keeps its log beside a database.
      await rm(`${temporary}.wal`, { force: true })
    }
  }
}

/** Some systems sync only what is open for writing. */
async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** @throws Fault EXPORT_EXISTS */
async function refuseExisting(path: string): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  )
  if (!exists) return
  throw new Fault('EXPORT_EXISTS', {
    message: `${path} is there already`,
    where: { file: path },
    because: 'an export replaces nothing unless told to',
  })
}
