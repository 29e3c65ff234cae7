import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LayoutFile } from '../dashboard/panes/saved-layout.js'
import { Fault, reasonOf } from '../faults/fault.js'
import { replaceFile } from '../recordings/replace-file.js'
import { MAX_LAYOUT_BYTES, readLayout } from './read-layout.js'

const ENDING = '.json'
const MOST_FILES = 200

/** What a folder of layouts holds: those that can be shown, and why others cannot. */
export interface LayoutFolder {
  readonly layouts: readonly LayoutFile[]
  readonly unread: readonly Fault[]
}

/** The layouts of a folder by name; a folder that is not there holds none. */
export async function layoutsIn(folder: string): Promise<LayoutFolder> {
  const names = await readdir(folder).catch(() => [])
  const layouts: LayoutFile[] = []
  const unread: Fault[] = []
  for (const name of names
    .filter((file) => file.endsWith(ENDING))
    .toSorted()
    .slice(0, MOST_FILES)) {
    try {
      layouts.push(await layoutAt(join(folder, name)))
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      unread.push(thrown)
    }
  }
  return { layouts, unread }
}

/** @throws Fault FILE_NOT_FOUND, FILE_PERMISSION, LAYOUT_INVALID. */
export async function layoutAt(path: string): Promise<LayoutFile> {
  return readLayout(await boundedText(path), path)
}

/** Under its name; an older one of the same name is replaced. @throws Fault FILE_PERMISSION. */
export async function keepLayout(folder: string, file: LayoutFile): Promise<string> {
  const path = join(folder, `${file.name}${ENDING}`)
  try {
    await mkdir(folder, { recursive: true })
    await replaceFile(path, `${JSON.stringify(file, null, 2)}\n`)
  } catch (thrown) {
    throw new Fault('FILE_PERMISSION', {
      message: `the layout cannot be kept in ${folder}`,
      where: { file: path },
      because: reasonOf(thrown),
      advice: { file: path },
      cause: thrown,
    })
  }
  return path
}

async function boundedText(path: string): Promise<string> {
  try {
    await using file = await open(path, 'r')
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_LAYOUT_BYTES + 1), 0, MAX_LAYOUT_BYTES + 1, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } catch (thrown) {
    const isMissing = (thrown as NodeJS.ErrnoException).code === 'ENOENT'
    throw new Fault(isMissing ? 'FILE_NOT_FOUND' : 'FILE_PERMISSION', {
      message: isMissing ? `there is no file ${path}` : `the layout ${path} cannot be read`,
      where: { file: path },
      because: reasonOf(thrown),
      advice: { file: path },
      cause: thrown,
    })
  }
}
