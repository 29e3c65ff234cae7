import { access, constants, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { formatClone, parseClone } from '../clone/clone-file.js'
import type { DeviceClone } from '../clone/device-clone.js'
import { Fault, reasonOf } from '../faults/fault.js'
import { writeNewFile } from '../profiles/write-new-file.js'
import { replaceFile } from '../recordings/replace-file.js'

/** Where a clone goes to, and what of it is there already. */
export interface CloneInFile {
  /** Undefined where it begins anew. */
  readonly earlier: DeviceClone | undefined
  readonly save: (clone: DeviceClone) => Promise<void>
}

/**
 * Looks before the capture, which may take minutes, whether its result can be kept.
 * @throws Fault OUTPUT_EXISTS, FILE_PERMISSION, CLONE_INVALID, or FILE_NOT_FOUND (by its code) where there is nothing to resume.
 */
export async function cloneInFile(path: string, beginning: 'anew' | 'resumed'): Promise<CloneInFile> {
  if (beginning === 'resumed') {
    const earlier = parseClone(await readFile(path, 'utf8'), path)
    return { earlier, save: (clone) => replaceFile(path, formatClone(clone)) }
  }
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (isThere)
    throw new Fault('OUTPUT_EXISTS', {
      message: `there is already a file ${path}`,
      because: 'where it is a capture that was stopped, --resume goes on with it',
      where: { file: path },
      advice: { file: path },
    })
  await access(dirname(path), constants.W_OK).catch((thrown: unknown) => {
    throw new Fault('FILE_PERMISSION', {
      message: `the file ${path} cannot be written`,
      because: reasonOf(thrown),
      where: { file: path },
      advice: { file: path },
      cause: thrown,
    })
  })
  return { earlier: undefined, save: (clone) => writeNewFile(path, formatClone(clone)) }
}
