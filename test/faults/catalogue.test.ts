import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../src/faults/catalogue.js'
import type { CatalogueEntry } from '../../src/faults/exit-code.js'

const entries = Object.entries<CatalogueEntry>(CATALOGUE)
const source = globSync('src/**/*.{ts,tsx}')
  .filter((file) => !file.startsWith('src/faults/catalogue'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')
const readme = readFileSync('README.md', 'utf8')

describe('the catalogue of faults', () => {
  it.each(entries)('%s is thrown somewhere', (code) => {
    expect(source).toContain(`'${code}'`)
  })

  it.each(entries)('%s has a meaning, and advice of at most three lines', (code, { meaning, advice }) => {
    expect(meaning).not.toBe('')
    expect(advice.length).toBeLessThanOrEqual(3)
    // Whoever pressed Ctrl-C needs none.
    if (code !== 'INTERRUPTED') expect(advice.length).toBeGreaterThanOrEqual(1)
  })

  it.each(entries)('%s is documented', (code) => {
    expect(readme).toContain(`| ${code} |`)
  })
})
