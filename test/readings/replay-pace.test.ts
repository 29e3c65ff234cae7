import { describe, expect, it } from 'vitest'
import { ReplayPace } from '../../src/readings/replay-pace.js'

const T0 = 1_800_000_000_000_000
const never = new AbortController().signal

/** Time passes only where somebody sleeps. */
function sleepyClock() {
  let ms = 0
  return {
    now: () => T0,
    monotonicMs: () => ms,
    sleep: (forMs: number, signal?: AbortSignal) => {
      if (!signal?.aborted) ms += forMs
      return Promise.resolve()
    },
  }
}

function paced(speed: number | 'max' = 1) {
  const clock = sleepyClock()
  const pace = new ReplayPace(clock, speed)
  pace.begin({ from: T0, to: T0 + 100e6 })
  return { clock, pace }
}

describe('the pace of a replay', () => {
  it('gives every recorded moment its turn, as fast as was said', async () => {
    const { clock, pace } = paced(2)
    expect(await pace.turn(T0, never)).toBe('go')
    expect(await pace.turn(T0 + 10e6, never)).toBe('go')
    expect(clock.monotonicMs()).toBe(5000)
    expect(pace.facts).toMatchObject({ state: 'running', position: T0 + 10e6 })
  })

  it('goes on from where it is when the speed changes', async () => {
    const { clock, pace } = paced(1)
    await pace.turn(T0, never)
    await pace.turn(T0 + 10e6, never)
    pace.setSpeed(10)
    await pace.turn(T0 + 20e6, never)
    expect(clock.monotonicMs()).toBe(11_000)
    pace.step(-1)
    expect(pace.facts.speed).toBe(5)
  })

  it('does not catch up on the time of a pause', async () => {
    const { clock, pace } = paced(1)
    await pace.turn(T0, never)
    pace.pause()
    await clock.sleep(30_000)
    pace.resume()
    await pace.turn(T0 + 10e6, never)
    expect(clock.monotonicMs()).toBe(40_000)
  })

  it('goes elsewhere within the recording, with thirty seconds before it at once, and says where that begins', async () => {
    const { clock, pace } = paced(1)
    await pace.turn(T0, never)
    pace.seek(T0 + 500e6)
    pace.seekBy(-20)
    expect(await pace.turn(T0 + 1e6, never)).toBe('elsewhere')
    const target = pace.takeTarget()
    expect(target?.from).toBe(T0 + 50e6)
    expect(pace.isLanding(target?.landing ?? {})).toBe(true)
    expect(pace.isLanding({ ...target?.landing })).toBe(false)
    await pace.turn(T0 + 50e6, never)
    await pace.turn(T0 + 79e6, never)
    expect(clock.monotonicMs()).toBe(0)
    await pace.turn(T0 + 80e6, never)
    await pace.turn(T0 + 83e6, never)
    expect(clock.monotonicMs()).toBe(3000)
  })

  it('gives what stood at a time its turn also while it is paused, and stays where it was asked to be', async () => {
    const { clock, pace } = paced(1)
    await pace.turn(T0, never)
    pace.pause()
    pace.seek(T0 + 40e6)
    pace.takeTarget()
    expect(await pace.turn(T0 + 20e6, never)).toBe('go')
    expect(await pace.turn(T0 + 40e6, never)).toBe('go')
    expect(clock.monotonicMs()).toBe(0)
    expect(pace.facts).toMatchObject({ state: 'paused', position: T0 + 40e6 })
  })

  it('waits at the end until somebody goes back, also when several keys came at once', async () => {
    const { pace } = paced('max')
    await pace.turn(T0 + 100e6, never)
    const resting = pace.rest(never)
    expect(pace.facts.state).toBe('at-the-end')
    pace.seekBy(-10)
    pace.seekBy(-10)
    await resting
    expect(pace.takeTarget()?.from).toBe(T0 + 50e6)
    expect(pace.facts.state).toBe('running')
  })
})
