import { describe, expect, it } from 'vitest'
import { RecordingPulse } from '../../src/headless/recording-pulse.js'

function pulse() {
  const state = { ms: 0, buffered: 0, answers: 0 }
  const beat = new RecordingPulse(() => state, { monotonicMs: () => state.ms }, 10_000)
  return { state, hangsForMs: () => beat.hangsForMs() }
}

describe('the pulse of a recording', () => {
  it('is fine for ever where there is nothing to write', () => {
    const { state, hangsForMs } = pulse()
    for (; state.ms < 100_000; state.ms += 1000) expect(hangsForMs()).toBeNull()
  })

  it('is fine while the disk answers, be it with refusals', () => {
    const { state, hangsForMs } = pulse()
    state.buffered = 5
    for (; state.ms < 100_000; state.ms += 1000) {
      if (state.ms % 9000 === 0) state.answers++
      expect(hangsForMs()).toBeNull()
    }
  })

  it('stops when something waits and the disk no longer answers, and comes back with its answer', () => {
    const { state, hangsForMs } = pulse()
    expect(hangsForMs()).toBeNull()
    state.buffered = 5
    state.ms = 9000
    expect(hangsForMs()).toBeNull()
    state.ms = 20_000
    expect(hangsForMs()).toBe(20_000)
    state.answers++
    expect(hangsForMs()).toBeNull()
  })
})
