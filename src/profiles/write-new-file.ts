import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Fault } from '../faults/fault.js'

/**
 * Writes a file that is not there yet.
 * @throws Fault OUTPUT_EXISTS, FILE_PERMISSION.
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch((thrown: NodeJS.ErrnoException) => {
    const exists = thrown.code === 'EEXIST'
    throw new Fault(exists ? 'OUTPUT_EXISTS' : 'FILE_PERMISSION', {
      message: exists ? `there is already a file ${path}` : `the file ${path} cannot be written`,
      where: { file: resolve(path) },
      ...(exists ? {} : { because: thrown.message }),
      advice: { file: path },
      cause: thrown,
    })
  })
}
