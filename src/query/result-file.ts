import { open } from 'node:fs/promises'
import { OutputFiles } from '../exchange/output-files.js'
import { Fault, reasonOf } from '../faults/fault.js'
import type { TextDrain } from './text-drain.js'

export interface ResultFile {
  /** Absolute. */
  readonly file: string
  readonly bytes: number
}

/**
 * Writes a file as a whole: it takes its place when all of it is on the disk, and what failed leaves nothing.
 *
 * @param write  gets the path under which to write.
 * @throws Fault QUERY_FILE_EXISTS, EXPORT_NOT_WRITABLE, FILE_PERMISSION.
 */
export async function writeResultFile<T>(
  to: { readonly path: string; readonly existing: 'refuse' | 'replace' },
  write: (temporary: string) => Promise<T>,
): Promise<ResultFile & { readonly written: T }> {
  await using output = new OutputFiles(to.existing)
  try {
    const written = await write(await output.add(to.path))
    const [{ path: file, bytes } = { path: to.path, bytes: 0 }] = await output.commit()
    return { file, bytes, written }
  } catch (thrown) {
    throw asFault(thrown, to.path)
  }
}

/** Writes text to a file. */
export async function intoFile<T>(path: string, write: (to: TextDrain) => Promise<T>): Promise<T> {
  await using file = await open(path, 'w')
  return await write({
    async write(text) {
      await file.writeFile(text)
      return true
    },
  })
}

function asFault(thrown: unknown, path: string): unknown {
  if (thrown instanceof Fault && thrown.code === 'EXPORT_EXISTS') {
    return new Fault('QUERY_FILE_EXISTS', { ...thrown.facts, because: 'a result replaces nothing unless told to' })
  }
  const code = (thrown as NodeJS.ErrnoException).code ?? ''
  if (!/^(ENOSPC|EIO|EDQUOT|EROFS|EISDIR|ENOTDIR|EFBIG)$/.test(code)) return thrown
  return new Fault('EXPORT_NOT_WRITABLE', {
    message: `${path} cannot be written`,
    where: { file: path },
    because: reasonOf(thrown),
    advice: { folder: path },
    cause: thrown,
  })
}
