import { describe, expect, it } from 'vitest'
import { alone, focusedState, pressed, typed } from '../pressed.js'
import { samplePicture } from '../sample-picture.js'

describe('a filter', () => {
  it.each(['sensors', 'log', 'sparklines'] as const)('is typed, kept, mended and cleared by the same keys in %s', (view) => {
    const filterAfter = (...keys: string[]): unknown => {
      const { screen } = pressed(samplePicture({ screen: alone(view) }), typed(...keys))
      return (focusedState(screen) as { filter: string }).filter
    }
    expect(filterAfter('/pumpx', 'backspace', 'enter')).toBe('pump')
    expect(filterAfter('/pump', 'enter', '/', '-3')).toBe('pump-3')
    expect(filterAfter('/pump', 'escape')).toBe('')
    expect(filterAfter('/', 'x'.repeat(150))).toMatch(/^x{80,100}$/)
    expect(filterAfter('/pump', 'page-up')).toBe('pump')
  })
})
