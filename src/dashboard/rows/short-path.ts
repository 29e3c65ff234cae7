import { displayWidth } from '../../output/display-width.js'
import { fitMiddle } from '../views/sensors/fit-middle.js'

/** A path in so many columns at most: the first folders give way, then the middle of the name; its end, with the extension, stays. */
export function shortPath(path: string, columns: number): string {
  if (displayWidth(path) <= columns) return path
  const parts = path.split('/')
  for (let from = 1; from < parts.length; from++) {
    const tail = `…/${parts.slice(from).join('/')}`
    if (displayWidth(tail) <= columns) return tail
  }
  return fitMiddle(parts.at(-1) ?? path, columns).trimEnd()
}

/** A sentence in so many columns, as far as shortening the longest path in it gets it there. */
export function withShortPath(text: string, columns: number): string {
  const over = displayWidth(text) - columns
  const paths = text.split(' ').filter((word) => word.includes('/') || /\.\w+$/.test(word))
  const longest = paths.toSorted((a, b) => displayWidth(b) - displayWidth(a))[0]
  return over <= 0 || longest === undefined
    ? text
    : text.replace(longest, () => shortPath(longest, Math.max(LEAST, displayWidth(longest) - over)))
}

const LEAST = 12
