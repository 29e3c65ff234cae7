import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../src/drivers/serial/pattern/compile-pattern.js'
import { PatternError } from '../../../src/drivers/serial/pattern/pattern-tree.js'
import { search } from '../../../src/drivers/serial/pattern/search.js'

const find = (pattern: string, text: string) => search(compilePattern(pattern), text)

/** Small, so that most random patterns meet something; no loop over something empty, where engines differ in what a group keeps. */
function randomPattern(next: () => number, depth = 0): string {
  const pick = (options: readonly string[]): string => options[Math.floor(next() * options.length)] ?? ''
  const atom = (): string => {
    const kind = next()
    if (kind < 0.55 || depth > 2) return pick(['a', 'b', 'c', '.', '[ab]', '[^a]', '\\d', '\\w', '1', ' ', '\\s'])
    if (kind < 0.8) return `(?:${pick(['a', 'b', '1'])}${randomPattern(next, depth + 1)})`
    return `(?<g${Math.floor(next() * 1e9)}>${pick(['a', 'b'])}${randomPattern(next, depth + 1)}|${pick(['c', '1', '\\w'])})`
  }
  let text = next() < 0.1 ? '^' : ''
  const length = 1 + Math.floor(next() * 3)
  for (let i = 0; i < length; i++) {
    const part = atom()
    text += part.startsWith('(?<') ? part : part + pick(['', '', '', '*', '+', '?', '*?', '+?', '{1,3}', '{2}'])
  }
  return text + (next() < 0.1 ? '$' : next() < 0.1 ? '\\b' : '')
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe('patterns', () => {
  it('find named parts of a line', () => {
    expect(find('FLOW (?<value>[-0-9.]+) (?<unit>\\S+)', 'x FLOW -12.50 m3/h')).toEqual({
      index: 2,
      text: 'FLOW -12.50 m3/h',
      groups: { value: '-12.50', unit: 'm3/h' },
    })
  })

  it('find what JavaScript finds, on 3,000 random patterns and texts', () => {
    const next = seeded(3)
    let matches = 0
    for (let round = 0; round < 3000; round++) {
      const pattern = randomPattern(next)
      const text = Array.from({ length: 1 + Math.floor(next() * 12) }, () => 'aabbc1 2'[Math.floor(next() * 8)]).join('')
      const expected = new RegExp(pattern).exec(text)
      const found = find(pattern, text)
      expect(found && { index: found.index, text: found.text }, `${pattern} on '${text}'`).toEqual(
        expected && { index: expected.index, text: expected[0] },
      )
      const groups = Object.fromEntries(Object.entries(expected?.groups ?? {}).filter(([, part]) => part !== undefined))
      // JavaScript forgets a group at each turn of a loop around it; we keep what it last took.
      for (const [name, part] of Object.entries(groups)) expect(found?.groups[name], `${pattern} on '${text}'`).toBe(part)
      if (expected) matches++
    }
    expect(matches).toBeGreaterThan(800)
  })

  it.each(['(a+)+$', '(a|a)+$', '(a|aa)+$', '(.*a){12}$', '(\\w+\\s?)+$'])('%s takes no longer than its length asks for', (pattern) => {
    const startedMs = performance.now()
    expect(find(pattern, `${'a'.repeat(4095)}!`)).toBeNull()
    expect(performance.now() - startedMs).toBeLessThan(1500)
  })

  it.each([
    '(?=a)',
    '(?<!a)b',
    '(a)\\1',
    '(?<x>a)\\k<x>',
    '(a',
    'a)',
    '[a',
    '*a',
    'a**',
    '[z-a]',
    'a{3,1}',
    '\\q',
    '(?<value>a)(?<value>b)',
    'a{1000}{2}',
    '(a{900}){2}',
  ])('refuses %s', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow(PatternError)
  })

  it('is blind to case when asked', () => {
    expect(find('(?i)flow[^x]', 'FLOWX FLOW ')?.text).toBe('FLOW ')
  })
})
