import { displayWidth } from '../../../output/display-width.js'
import { fitMiddle } from './fit-middle.js'

/** Names in so many columns, no two of them alike where they were not: shortened in the middle, else at their begin, else with a number. */
export function distinctNames(names: readonly string[], columns: number): readonly string[] {
  const middle = names.map((name) => fitMiddle(name, columns))
  const twice = (fitted: readonly string[]) => fitted.map((name) => fitted.indexOf(name) !== fitted.lastIndexOf(name))
  const clash = twice(middle)
  const ends = names.map((name, index) => (clash[index] ? fitEnd(name, columns) : (middle[index] ?? name)))
  const still = twice(ends)
  return ends.map((name, index) => (still[index] ? `${fitEnd(names[index] ?? name, columns - 4)} ${index + 1}`.slice(0, columns) : name))
}

function fitEnd(name: string, columns: number): string {
  if (displayWidth(name) <= columns) return name
  let tail = ''
  for (const character of [...name].reverse()) {
    if (displayWidth(character + tail) > columns - 1) break
    tail = character + tail
  }
  return `…${tail}`
}
