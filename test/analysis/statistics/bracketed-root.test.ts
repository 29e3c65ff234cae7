import { describe, expect, it } from 'vitest'
import { bracketedRoot } from '../../../src/analysis/statistics/bracketed-root.js'

describe('the root in a bracket', () => {
  it.each([
    ['√2', (x: number) => x * x - 2, 0, 10, Math.SQRT2],
    ['ln 3 of a function that is nearly flat at first', (x: number) => Math.exp(20 * x) - 3 ** 20, -50, 3, Math.log(3)],
    ['a triple one', (x: number) => (x - 0.25) ** 3, -3, 1, 0.25],
    ['one at the end', (x: number) => x - 1, 0, 1, 1],
    ['a falling one', (x: number) => Math.cos(x), 0, 3, Math.PI / 2],
  ])('%s is found to the last digits', (_, f, low, high, root) => {
    expect(bracketedRoot(f, low, high)).toBeCloseTo(root, 12)
  })

  it('is the nearer end where there is none', () => {
    expect(bracketedRoot((x) => x + 1, 0, 5)).toBe(0)
    expect(bracketedRoot((x) => x - 6, 0, 5)).toBe(5)
  })
})
