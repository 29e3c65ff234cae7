import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { reasonOf } from '../faults/fault.js'
import type { StatusDocument } from './status-document.js'
import { type StatusPlace, unusable } from './status-place.js'

const MAX_STATUS_BYTES = 16 * 1024 * 1024

/** A file that always holds one whole document: it is written beside and renamed. */
export async function openStatusFile(path: string, warn: (text: string) => void): Promise<StatusPlace> {
  const place = resolve(path)
  const beside = join(dirname(place), `.${basename(place)}.${process.pid}`)
  await refuseStranger(place)
  // Finds out now whether the folder can be written, not when nobody looks any more.
  await writeFile(beside, '').catch((thrown: unknown) => {
    throw unusable(place, reasonOf(thrown))
  })
  return {
    async tell(status) {
      try {
        await writeFile(beside, `${JSON.stringify(status)}\n`)
        await rename(beside, place)
      } catch (thrown) {
        warn(`${place} cannot be written: ${reasonOf(thrown)}`)
      }
    },
    async close() {
      await rm(beside, { force: true }).catch(() => undefined)
      await rm(place, { force: true }).catch((thrown: unknown) => warn(`${place} cannot be removed: ${reasonOf(thrown)}`))
    },
  }
}

/** What a recorder that died has left may be overwritten; nothing else. */
async function refuseStranger(place: string): Promise<void> {
  const text = await readFile(place, { encoding: 'utf8' }).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return null
    throw unusable(place, thrown.message)
  })
  if (text === null || text === '' || isStatus(text)) return
  throw unusable(place, 'it holds something else')
}

function isStatus(text: string): boolean {
  if (text.length > MAX_STATUS_BYTES) return false
  try {
    return (JSON.parse(text) as Partial<StatusDocument> | null)?.schema === 'chatterfix/status/1'
  } catch {
    return false
  }
}
