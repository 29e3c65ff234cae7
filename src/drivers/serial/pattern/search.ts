import { isWord } from './character-class.js'
import type { Program } from './compile-pattern.js'
import type { Edge } from './pattern-tree.js'

export interface Found {
  readonly index: number
  readonly text: string
  /** Named groups that took part. */
  readonly groups: Readonly<Record<string, string>>
}

/** One way through the program that is still possible, with the places it has saved. */
interface Thread {
  readonly step: number
  readonly saved: readonly number[]
}

/**
 * The first match in a text, as a backtracking engine would give it, but all ways are followed at once: time is at most
 * length × steps, whatever the pattern.
 *
 * @see Pike's machine, as in R. Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009.
 */
export function search({ steps, names }: Program, text: string): Found | null {
  let threads: Thread[] = []
  let best: readonly number[] | null = null
  for (let at = 0; at <= text.length; at++) {
    const visited = new Uint8Array(steps.length)
    const alive: Thread[] = []
    for (const { step, saved } of threads) follow(step, saved)
    if (best === null) follow(0, [])
    threads = []
    const code = text.charCodeAt(at)
    for (const { step, saved } of alive) {
      const instruction = steps[step]
      if (instruction?.op === 'match') {
        best = saved
        // Those behind it are less wanted than this match.
        break
      }
      if (instruction?.op === 'character' && at < text.length && instruction.accepts(code)) threads.push({ step: step + 1, saved })
    }
    if (threads.length === 0 && best !== null) break

    /** Follows what takes no character; each step once per place, the most wanted way first. */
    function follow(step: number, saved: readonly number[]): void {
      if (visited[step] === 1) return
      visited[step] = 1
      const instruction = steps[step]
      switch (instruction?.op) {
        case 'jump':
          follow(instruction.to, saved)
          break
        case 'split':
          follow(instruction.first, saved)
          follow(instruction.second, saved)
          break
        case 'save':
          follow(step + 1, withPlace(saved, instruction.slot, at))
          break
        case 'edge':
          if (isAt(instruction.edge, text, at)) follow(step + 1, saved)
          break
        case 'character':
        case 'match':
          alive.push({ step, saved })
          break
        case undefined:
          break
      }
    }
  }
  return best === null ? null : foundAt(text, best, names)
}

function withPlace(saved: readonly number[], slot: number, at: number): readonly number[] {
  const copy = saved.slice()
  copy[slot] = at
  return copy
}

function isAt(edge: Edge, text: string, at: number): boolean {
  switch (edge) {
    case 'begin':
      return at === 0
    case 'end':
      return at === text.length
    case 'word':
      return isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at))
    case 'no-word':
      return isWord(text.charCodeAt(at - 1)) === isWord(text.charCodeAt(at))
  }
}

function foundAt(text: string, saved: readonly number[], names: readonly (string | null)[]): Found {
  const partOf = (index: number): string | undefined => {
    const [from, to] = [saved[2 * index], saved[2 * index + 1]]
    return from === undefined || to === undefined ? undefined : text.slice(from, to)
  }
  const groups = names.flatMap((name, index) => {
    const part = partOf(index)
    return name === null || part === undefined ? [] : [[name, part] as const]
  })
  return { index: saved[0] ?? 0, text: partOf(0) ?? '', groups: Object.fromEntries(groups) }
}
