const FIRST_MS = 100
export const LONGEST_WAIT_MS = 30_000
const GROWTH = 2

/**
 * Waiting times between attempts, 0.1 s → 30 s, spread by ± 25 % so that many lines do not knock at the same moment.
 * The spread comes from the line's name: the same line waits the same times, two lines hardly ever.
 */
export function* backOff(line: string): Generator<number, never> {
  let state = hash(line)
  for (let wait = FIRST_MS; ; wait = Math.min(wait * GROWTH, LONGEST_WAIT_MS)) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield wait * (0.75 + (state / 2 ** 32) * 0.5)
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}
