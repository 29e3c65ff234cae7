import type { Comparison } from './compare-neighbours.js'
import type { SheetEntry } from './sheet.js'

/** More names help nobody; how many there were is said. */
const NAMED = 5

/** What is written down of a response, beside what the others did then. */
export function responseEntry(
  says: string,
  comparison: Comparison,
): Pick<SheetEntry & { kind: 'response' }, 'kind' | 'says' | 'alsoMoved'> {
  const { moved, compared, unknown } = comparison
  const mute = unknown === 0 ? '' : `, ${unknown} could not be compared`
  if (moved.length > 0) return { kind: 'response', says, alsoMoved: evidence(comparison) }
  if (compared + unknown === 0) return { kind: 'response', says: `${says}; there is no other sensor to compare with` }
  return { kind: 'response', says: `${says}; none of ${compared} others moved then${mute}` }
}

/** While the touched sensor is still, and another one is not; empty otherwise. */
export function swapHint(comparison: Comparison): string {
  if (comparison.moved.length === 0) return ''
  return `. But: ${evidence(comparison).join(' · ')} – is it swapped?`
}

function evidence({ moved }: Comparison): readonly string[] {
  const named = moved.slice(0, NAMED).map(({ sensor, says }) => `${sensor} ${says}`)
  return moved.length > NAMED ? [...named, `and ${moved.length - NAMED} more`] : named
}
