import { describe, expect, it } from 'vitest'
import { ProbeProgress } from '../../src/first-walk/probe-progress.js'

describe('how far the asking of several devices is', () => {
  it('never goes back while it is at the same device, though several tell at the same time', () => {
    const told: string[] = []
    const progress = new ProbeProgress(6, (text) => told.push(text))
    progress.step({ done: 178, total: 4000, what: 'addresses' })
    progress.step({ done: 52, total: 4000, what: 'addresses' })
    progress.step({ done: 180, total: 4000, what: 'addresses' })
    progress.answered()
    progress.step({ done: 247, total: 247, what: 'unit ids' })
    progress.step({ done: 52, total: 4000, what: 'addresses' })
    expect(told).toEqual([
      'device 1 of 6.',
      'device 1 of 6: 178 of 4000 addresses.',
      'device 1 of 6: 180 of 4000 addresses.',
      'device 2 of 6.',
      'device 2 of 6: 247 of 247 unit ids.',
      'device 2 of 6: 52 of 4000 addresses.',
    ])
  })
})
