import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compared, type Golden, relativeError } from './golden.js'

const golden = JSON.parse(readFileSync(new URL('../../fixtures/analysis/golden.json', import.meta.url), 'utf8')) as Golden

describe('numbers that SciPy gave', () => {
  it.each(compared(golden).map(([name, ours, theirs]) => ({ name, ours, theirs })))('$name agrees within 1e-9', ({ ours, theirs }) => {
    expect(relativeError(ours, theirs)).toBeLessThan(1e-9)
  })
})
