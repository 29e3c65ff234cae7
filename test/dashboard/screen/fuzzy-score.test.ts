import { describe, expect, it } from 'vitest'
import { fuzzyScore } from '../../../src/dashboard/screen/fuzzy-score.js'

const best = (typed: string, texts: readonly string[]): string | undefined =>
  texts
    .map((text) => ({ text, score: fuzzyScore(typed, text) }))
    .filter(({ score }) => score !== null)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))[0]?.text

describe('fuzzy completion', () => {
  it('finds letters in their order, and nothing where one is missing', () => {
    expect(fuzzyScore('dvc', 'devices')).not.toBeNull()
    expect(fuzzyScore('dvx', 'devices')).toBeNull()
    expect(fuzzyScore('', 'devices')).toBe(0)
  })

  it('prefers begins of words and letters that stand together', () => {
    const sensors = ['pump-247/drive-end-velocity', 'pump-247/drive-end-temperature', 'tank-3/level', 'events', 'devices']
    expect(best('det', sensors)).toBe('pump-247/drive-end-temperature')
    expect(best('lev', sensors)).toBe('tank-3/level')
    expect(best('ev', ['devices', 'level', 'events'])).toBe('events')
  })

  it('prefers what begins as it was typed', () => {
    expect(best('wri', ['w/r/i', 'rewrite', 'write-value'])).toBe('write-value')
    expect(best('layout', ['save-layout', 'layout overview'])).toBe('layout overview')
  })
})
