import { access, copyFile, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { DAMAGED_FOLDER } from './repair-survey.js'

/** Takes a file of a recording out of it without deleting it. @returns where it is now, below the recording. */
export async function setAside(folder: string, name: string): Promise<string> {
  const place = await freePlace(folder, name)
  await rename(join(folder, name), join(folder, place))
  return place
}

/** Keeps a file as it was before it is written anew; nothing where there is none. */
export async function keepCopy(folder: string, name: string): Promise<void> {
  if (!(await isThere(join(folder, name)))) return
  await copyFile(join(folder, name), join(folder, await freePlace(folder, name)))
}

/** Repairs may follow one another: no copy is written over. */
async function freePlace(folder: string, name: string): Promise<string> {
  await mkdir(join(folder, DAMAGED_FOLDER), { recursive: true })
  for (let n = 1; ; n++) {
    const place = join(DAMAGED_FOLDER, n === 1 ? name : `${name}.${n}`)
    if (!(await isThere(join(folder, place)))) return place
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
