import { isAbsolute, join, relative } from 'node:path'
import { Fault } from '../faults/fault.js'
import { listRecordings } from '../recordings/list-recordings.js'

export interface ChosenRecordings {
  readonly folders: readonly string[]
  /** Recordings that cannot be read, and why. */
  readonly leftOut: readonly string[]
}

/**
 * Those named, and all below the roots; where nothing is named, all below the current folder.
 *
 * @throws Fault USAGE where there is none, FILE_NOT_FOUND where a root is not there.
 */
export async function chooseRecordings(wish: {
  readonly named: readonly string[]
  readonly roots: readonly string[]
}): Promise<ChosenRecordings> {
  const isOpen = wish.named.length === 0 && wish.roots.length === 0
  const folders = [...wish.named]
  const leftOut: string[] = []
  for (const root of isOpen ? ['.'] : wish.roots) {
    for (const { path, state, problem } of await listRecordings(root)) {
      if (state === 'unreadable') leftOut.push(`${path} is left out: ${problem ?? 'it cannot be read'}`)
      else if (!folders.includes(path)) folders.push(asGiven(root, path))
    }
  }
  if (folders.length === 0) throw nothingThere(isOpen ? undefined : wish.roots, leftOut)
  return { folders, leftOut }
}

/** As somebody would name it who named the root: these paths show in the column `recording` where two have one name. */
function asGiven(root: string, path: string): string {
  if (isAbsolute(root)) return path
  const below = relative(root, path)
  return below === '' ? root : join(root, below)
}

function nothingThere(roots: readonly string[] | undefined, leftOut: readonly string[]): Fault {
  const because = leftOut.length > 0 ? leftOut.join('; ') : undefined
  return new Fault('USAGE', {
    message:
      roots === undefined ? 'no recording is named, and there is none in this folder' : `there is no recording below ${roots.join(', ')}`,
    ...(because === undefined ? {} : { because }),
    advice: { help: 'chatterfix query "select * from readings limit 5" --recording DIR' },
  })
}
