import { describe, expect, it } from 'vitest'
import { newsBetween } from '../../src/acquisition/clock-watch.js'

const START = { wallMs: 1_700_000_000_000, monotonicMs: 5000, uptimeMs: 900_000 }
const later = (wallMs: number, monotonicMs: number, uptimeMs: number | undefined) => ({
  wallMs: START.wallMs + wallMs,
  monotonicMs: START.monotonicMs + monotonicMs,
  uptimeMs: uptimeMs === undefined ? undefined : START.uptimeMs + uptimeMs,
})

describe('what three clocks say', () => {
  it('is nothing where they go alike, slewing and scheduling included', () => {
    expect(newsBetween(START, later(1000, 1000, 1000))).toEqual([])
    expect(newsBetween(START, later(1400, 1000, 1010))).toEqual([])
  })

  it('is a step where only the wall clock jumped', () => {
    expect(newsBetween(START, later(3_601_000, 1000, 1000))).toEqual([{ kind: 'stepped', stepMs: 3_600_000 }])
    expect(newsBetween(START, later(-3_599_000, 1000, 1000))).toEqual([{ kind: 'stepped', stepMs: -3_600_000 }])
  })

  it('is a sleep where uptime and wall clock went on without the monotonic clock', () => {
    expect(newsBetween(START, later(36_000, 1000, 36_000))).toEqual([{ kind: 'slept', forMs: 35_000 }])
  })

  it('is both where the clock was set during a sleep', () => {
    expect(newsBetween(START, later(96_000, 1000, 36_000))).toEqual([
      { kind: 'slept', forMs: 35_000 },
      { kind: 'stepped', stepMs: 60_000 },
    ])
  })

  it('is a step where nobody can tell whether the machine slept', () => {
    expect(newsBetween({ ...START, uptimeMs: undefined }, later(36_000, 1000, undefined))).toEqual([{ kind: 'stepped', stepMs: 35_000 }])
  })
})
