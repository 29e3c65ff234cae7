import { randomUUID } from 'node:crypto'
import { access, constants, copyFile, link, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Fault, reasonOf } from '../faults/fault.js'
import type { Site } from '../readings/asset.js'
import { formatSiteFile, parseSiteFile } from '../readings/site-file.js'
import { bearingNamed } from './bearing-named.js'

export interface SaveOptions {
  /** What to do where the file exists. Default: refuse. */
  readonly existing?: 'refuse' | 'replace'
  /** Why the file was written, in one line; kept at its head, below the reasons that already stand there. */
  readonly why?: string
}

const KEPT_REASONS = 20
const REASON = /^# why: .*$/

/**
 * Writes a site file so that a reader sees the old one or the new one, whole.
 * @throws Fault SITE_FILE_EXISTS, FILE_PERMISSION, or SITE_FILE_INVALID where the site could not be read back.
 */
export async function saveSite(path: string, site: Site, { existing = 'refuse', why }: SaveOptions = {}): Promise<void> {
  const body = formatSiteFile(site)
  parseSiteFile(body, path, bearingNamed)
  const kept = existing === 'replace' ? await reasonsIn(path) : []
  const reasons = [...kept, ...(why === undefined ? [] : [`# why: ${why.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')}`])].slice(-KEPT_REASONS)
  const temporary = join(dirname(resolve(path)), `.${randomUUID()}.tmp`)
  try {
    await writeDurably(temporary, [...reasons, body].join('\n'))
    // A link fails where the name is taken, a rename replaces: both in one step.
    await (existing === 'refuse' ? linkOrCopy(temporary, path) : rename(temporary, path))
  } catch (thrown) {
    throw writeFault(path, thrown)
  } finally {
    await rm(temporary, { force: true })
  }
}

/** @throws Fault SITE_FILE_EXISTS, for whoever wants to know before the work. */
export async function refuseExisting(path: string): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  )
  if (exists) throw existsFault(path)
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** FAT and some network shares have no links; there the copy is exclusive but not in one step. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (thrown) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown
    await copyFile(from, to, constants.COPYFILE_EXCL)
  }
}

async function reasonsIn(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n', 200).filter((line) => REASON.test(line))
}

function writeFault(path: string, thrown: unknown): Fault {
  if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return existsFault(path)
  return new Fault('FILE_PERMISSION', {
    message: `the site file ${path} cannot be written`,
    where: { file: resolve(path) },
    because: reasonOf(thrown),
    advice: { file: path },
    cause: thrown,
  })
}

function existsFault(path: string): Fault {
  return new Fault('SITE_FILE_EXISTS', {
    message: `there is already a site file ${path}`,
    where: { file: resolve(path) },
    because: 'a site file is replaced only when somebody says so',
    advice: { file: path },
  })
}
