import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

interface Cruise {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly comment?: string
      readonly rule: { readonly name: string }
    }[]
  }
}

describe('the house', () => {
  it('has imports that point one way', { timeout: 120_000 }, () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', 'src', '--output-type', 'json'],
      { encoding: 'utf8', maxBuffer: 1e9 },
    )
    expect(stderr).toBe('')
    const { summary } = JSON.parse(stdout) as Cruise
    expect(summary.totalCruised).toBeGreaterThan(50)
    expect(summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  })
})
