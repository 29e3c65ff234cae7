import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'

/** Writes a file that did not exist before; rejects where it did. @returns its whole path. */
export async function keepFile(file: string, content: string | Uint8Array): Promise<string> {
  const path = resolve(file)
  await writeFile(path, content, { flag: 'wx' })
  return path
}
