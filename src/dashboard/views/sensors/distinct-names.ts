import { cutWidth, displayWidth } from '../../../output/display-width.js'
import { fitMiddle } from './fit-middle.js'

interface Clash {
  /** All names that look alike, this one among them. */
  readonly clashing: readonly string[]
  readonly number: number
}

/** What is tried in turn on names that come out alike without their middle: without their begin, without what all of them end with, with a number. */
const WAYS: readonly ((name: string, columns: number, clash: Clash) => string)[] = [fitEnd, fitDifference, fitNumber]

/** Names in so many columns, no two of them alike where they were not; where nothing else tells them apart, a number does. */
export function distinctNames(names: readonly string[], columns: number): readonly string[] {
  let shown: readonly string[] = names.map((name) => fitMiddle(name, columns))
  for (const shorten of WAYS) {
    const alike = alikeOf(names, shown)
    if (alike.size === 0) return shown
    shown = shown.map((before, index) => {
      const clashing = alike.get(before.trimEnd())
      return clashing ? shorten(names[index] ?? '', columns, { clashing, number: index + 1 }) : before
    })
  }
  return shown
}

/** What several names are shown as → these names. */
function alikeOf(names: readonly string[], shown: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(names, (_, index) => (shown[index] ?? '').trimEnd())
  return new Map([...groups].filter(([, group]) => group.length > 1))
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

function fitDifference(name: string, columns: number, { clashing }: Clash): string {
  const letters = clashing.map((other) => [...other].reverse())
  const own = [...name]
  let same = 0
  while (same < own.length - 1 && letters.every((other) => other[same] === letters[0]?.[same])) same++
  return same === 0 ? fitEnd(name, columns) : `${fitEnd(own.slice(0, -same).join(''), columns - 1)}…`
}

function fitNumber(name: string, columns: number, { number }: Clash): string {
  const sign = ` ${number}`
  return cutWidth(`${fitEnd(name, columns - sign.length)}${sign}`, columns)
}
