import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Up to where the far end has taken what is spooled. */
export interface Cursor {
  readonly segment: number
  readonly offset: number
}

const FILE = 'cursor.json'

/** Null where there is none that can be read: then everything is sent again, and far ends know what they have. */
export async function readCursor(folder: string): Promise<Cursor | null> {
  try {
    const { segment, offset } = JSON.parse(await readFile(join(folder, FILE), 'utf8')) as Partial<Cursor>
    return typeof segment === 'number' && typeof offset === 'number' ? { segment, offset } : null
  } catch {
    return null
  }
}

/** Whole or not at all after a kill. Not synced: after a power cut an older one is read, and costs only a repetition. */
export async function writeCursor(folder: string, cursor: Cursor): Promise<void> {
  const temporary = join(folder, `.tmp-${FILE}`)
  await writeFile(temporary, JSON.stringify(cursor))
  await rename(temporary, join(folder, FILE))
}
