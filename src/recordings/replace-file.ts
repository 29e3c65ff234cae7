import { open, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { TEMPORARY_PREFIX } from '../readings/recording-layout.js'

/** Replaces a file as a whole: whoever reads it, also after a power cut, sees the old text or the new one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `${TEMPORARY_PREFIX}${basename(path)}`)
  const file = await open(temporary, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
  await syncFolder(dirname(path))
}

/** Makes renames durable. Windows cannot open a folder; there the file system's own journal has to do. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
