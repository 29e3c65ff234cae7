import { link, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { TEMPORARY_PREFIX } from '../readings/recording-layout.js'

/** Who records into a folder. */
export interface Writer {
  readonly pid: number
  readonly host: string
  /** Tells this process from a later one with the same pid, where the system can say; else null. */
  readonly incarnation: string | null
  readonly since: string
}

const LOCK = /^recorder-(\d+)\.lock$/
const MAX_ATTEMPTS = 20

/**
 * The living writer of a folder; null where nobody records. A lock of another machine (a network drive) counts as living,
 * because nobody here can tell.
 */
export async function findWriter(folder: string): Promise<Writer | null> {
  for (const { writer } of await readLocks(folder)) if (await isAlive(writer)) return writer
  return null
}

export type LockOutcome = { readonly held: true; release(): Promise<void> } | { readonly held: false; readonly by: Writer }

/**
 * Takes the lock of a folder, over the lock of a dead writer if need be.
 *
 * A lock is a numbered file made by `link`, which succeeds for one process only. A stale number is not removed and made again
 * (two processes could each remove the other's) but superseded by the next number; whoever finds another living lock after
 * making its own steps back.
 */
export async function acquireWriterLock(folder: string, since: string): Promise<LockOutcome> {
  const own: Writer = { pid: process.pid, host: hostname(), incarnation: await incarnationOf(process.pid), since }
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const locks = await readLocks(folder)
    for (const { writer } of locks) if (await isAlive(writer)) return { held: false, by: writer }
    const number = Math.max(0, ...locks.map((lock) => lock.number)) + 1
    const path = join(folder, `recorder-${number}.lock`)
    if (!(await linkNew(folder, path, own))) continue
    const rival = await findRival(folder, path)
    if (rival !== null) {
      await rm(path, { force: true })
      return { held: false, by: rival }
    }
    await Promise.all(locks.map((lock) => rm(join(folder, `recorder-${lock.number}.lock`), { force: true })))
    return { held: true, release: () => rm(path, { force: true }) }
  }
  return { held: false, by: own }
}

async function findRival(folder: string, ownPath: string): Promise<Writer | null> {
  for (const { number, writer } of await readLocks(folder))
    if (join(folder, `recorder-${number}.lock`) !== ownPath && (await isAlive(writer))) return writer
  return null
}

/** The lock appears with its content or not at all. */
async function linkNew(folder: string, path: string, writer: Writer): Promise<boolean> {
  const temporary = join(folder, `${TEMPORARY_PREFIX}lock-${process.pid}-${crypto.randomUUID()}`)
  const file = await open(temporary, 'wx')
  try {
    await file.writeFile(JSON.stringify(writer))
    await file.sync()
    await link(temporary, path)
    return true
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code
    // Whoever was first sweeps what is half-written, and this was.
    if (code === 'EEXIST' || code === 'ENOENT') return false
    // FAT and some network drives have no hard links; there the lock is for a moment an empty file.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return await createNew(path, writer)
    throw thrown
  } finally {
    await file.close()
    await rm(temporary, { force: true })
  }
}

async function createNew(path: string, writer: Writer): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(writer), { flag: 'wx' })
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw thrown
  }
}

async function readLocks(folder: string): Promise<readonly { number: number; writer: Writer }[]> {
  const names = await readdir(folder).catch(() => [])
  const locks = await Promise.all(
    names.map(async (name) => {
      const number = LOCK.exec(name)?.[1]
      if (number === undefined) return []
      const text = await readFile(join(folder, name), 'utf8').catch(() => null)
      return text === null ? [] : [{ number: Number(number), writer: parseWriter(text) }]
    }),
  )
  return locks.flat().toSorted((a, b) => b.number - a.number)
}

function parseWriter(text: string): Writer {
  try {
    const { pid, host, incarnation, since } = JSON.parse(text) as Writer
    return { pid: Number(pid), host: String(host), incarnation: incarnation ?? null, since: String(since) }
  } catch {
    // `link` shows whole files only; what cannot be read was damaged later and belongs to nobody that lives.
    return { pid: 0, host: hostname(), incarnation: null, since: '' }
  }
}

async function isAlive(writer: Writer): Promise<boolean> {
  if (writer.host !== hostname()) return true
  if (!Number.isInteger(writer.pid) || writer.pid <= 0) return false
  try {
    process.kill(writer.pid, 0)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return writer.incarnation === null || (await incarnationOf(writer.pid)) === writer.incarnation
}

/** Boot and start time of a process (proc(5), field 22 of stat); null where there is no /proc. */
async function incarnationOf(pid: number): Promise<string | null> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The command name in field 2 may hold spaces and brackets; fields count from the last ')'.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie holds its pid and nothing else.
    return state === 'Z' ? null : `${boot.trim()}/${fields[18]}`
  } catch {
    return null
  }
}
