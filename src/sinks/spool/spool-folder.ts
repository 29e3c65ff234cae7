import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { acquireWriterLock } from '../../recordings/writer-lock.js'
import { segmentName, segmentNumberOf } from './segment.js'
import { readCursor } from './spool-cursor.js'

export interface SpoolFolder {
  readonly folder: string
  release(): Promise<void>
}

/** Programs that may send to one destination from one machine at the same time. */
const MAX_SLOTS = 64
const SLOT = /^\d{1,2}$/

/**
 * Takes a folder below `root` for what goes to `address`, and whatever earlier programs left there for the same destination:
 * `influx-3f1c…/1`. A second program at the same time takes `…/2`.
 * Null where 64 programs have one already.
 */
export async function claimSpoolFolder(root: string, address: string, since: string): Promise<SpoolFolder | null> {
  const destination = join(root, destinationName(address))
  await mkdir(destination, { recursive: true, mode: 0o700 })
  // What was measured is nobody else's business, also where the folder was there before.
  await chmod(destination, 0o700)
  await writeFile(join(destination, 'address.txt'), `${address}\n`, { mode: 0o600 })
  for (let slot = 1; slot <= MAX_SLOTS; slot++) {
    const folder = join(destination, String(slot))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const lock = await acquireWriterLock(folder, since)
    if (!lock.held) continue
    await adoptOthers(destination, String(slot), since)
    return { folder, release: () => lock.release() }
  }
  return null
}

/** `influx-` and twelve digits that differ for every destination. */
export function destinationName(address: string): string {
  const scheme = /^[a-z0-9]+/i.exec(address)?.[0].toLowerCase() ?? 'sink'
  return `${scheme}-${createHash('sha256').update(address).digest('hex').slice(0, 12)}`
}

/**
 * Moves the segments of programs that are gone behind our own. A kill in between leaves each file in one place or the other; where
 * theirs had been delivered in part, that part is sent again, and far ends know what they have.
 */
async function adoptOthers(destination: string, own: string, since: string): Promise<void> {
  const slots = (await readdir(destination)).filter((name) => SLOT.test(name) && name !== own)
  const ours = join(destination, own)
  let number = Math.max((await readCursor(ours))?.segment ?? 0, ...(await segmentNumbers(ours)))
  for (const slot of slots) {
    const folder = join(destination, slot)
    const numbers = await segmentNumbers(folder)
    if (numbers.length === 0) continue
    const lock = await acquireWriterLock(folder, since)
    if (!lock.held) continue
    try {
      // Asked again: until now they were somebody else's.
      for (const theirs of await segmentNumbers(folder)) {
        number++
        await rename(join(folder, segmentName(theirs)), join(ours, segmentName(number)))
      }
    } finally {
      await lock.release()
    }
  }
}

async function segmentNumbers(folder: string): Promise<readonly number[]> {
  return (await readdir(folder)).flatMap((name) => segmentNumberOf(name) ?? []).toSorted((a, b) => a - b)
}
