import { describe, expect, it } from 'vitest'
import { addSensor, emptyState } from '../../../src/dashboard/live/live-state.js'
import { reduceFreight } from '../../../src/dashboard/live/reduce.js'
import type { SpectrumAnswer, SpectrumWish } from '../../../src/dashboard/spectra/spectrum-answer.js'
import { SpectrumDesk } from '../../../src/dashboard/spectra/spectrum-desk.js'
import { QUALITY } from '../../../src/readings/quality.js'

const RATE_HZ = 8192
const AMPLITUDE = 3
const LINE_HZ = 512
const WISH: SpectrumWish = {
  row: 0,
  kind: 'spectrum',
  length: 4096,
  envelopeToHz: 200,
  bandNumber: 0,
  everyMs: 1000,
  drawing: 'running',
}

function desk() {
  const live = emptyState(0)
  addSensor(live, { key: 'a', address: 'x://y', kind: 'acceleration', unit: 'm/s²', periodMs: 1000 })
  let nowMs = 0
  const clock = { now: () => nowMs * 1000, monotonicMs: () => nowMs, sleep: () => Promise.resolve() }
  let second = 0
  const source = new SpectrumDesk({ live, clock })
  return {
    live,
    source,
    /** Another second of a sine whose amplitude tells which second it is. */
    sendSecond(): void {
      const samples = Float64Array.from(
        { length: RATE_HZ },
        (_, k) => (AMPLITUDE + second) * Math.sin((2 * Math.PI * LINE_HZ * k) / RATE_HZ),
      )
      const startedAt = second++ * 1e6
      nowMs += 1000
      reduceFreight(live, {
        kind: 'waveform',
        sensor: 'a',
        startedAt,
        receivedAt: nowMs * 1000,
        sampleRateHz: RATE_HZ,
        samples,
        quality: QUALITY.good,
      })
    },
    async answerTo(wish: SpectrumWish, isIt: (answer: SpectrumAnswer) => boolean): Promise<SpectrumAnswer> {
      for (;;) {
        const answer = source.ask(wish)
        if (isIt(answer)) return answer
        nowMs += 250
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

const ready = (answer: SpectrumAnswer) => answer.state === 'ready' && answer.spectrum.samples === WISH.length
const rowsOf = (answer: SpectrumAnswer) => (answer.state === 'ready' ? answer.waterfall : [])
const peakOf = (answer: SpectrumAnswer): number => (answer.state === 'ready' ? Math.max(...answer.spectrum.values) : Number.NaN)

describe('the desk that works spectra out', () => {
  it('says how many samples have come until there are enough', () => {
    expect(desk().source.ask(WISH)).toEqual({ state: 'missing', because: '0 of 256 samples have come' })
  })

  it('gives the amplitude of a sine at its frequency', async () => {
    const { sendSecond, answerTo } = desk()
    sendSecond()
    const answer = await answerTo(WISH, ready)
    if (answer.state !== 'ready') throw new Error('unreachable')
    const { values, stepHz, samples, band } = answer.spectrum
    expect([samples, stepHz, band]).toEqual([4096, 2, null])
    expect(values[LINE_HZ / stepHz]).toBeCloseTo(AMPLITUDE, 6)
  })

  it('works on a whole block where the next one does not follow on it, and on a power of two of several that do', async () => {
    const { live, answerTo } = desk()
    const send = (startedAt: number): void => {
      const samples = Float64Array.from({ length: 25_600 }, (_, k) => Math.sin((2 * Math.PI * 100 * k) / 25_600))
      reduceFreight(live, {
        kind: 'waveform',
        sensor: 'a',
        startedAt,
        receivedAt: startedAt,
        sampleRateHz: 25_600,
        samples,
        quality: QUALITY.good,
      })
    }
    const wish = { ...WISH, length: 32_768, everyMs: 0 }
    const samplesOf = (answer: SpectrumAnswer): number => (answer.state === 'ready' ? answer.spectrum.samples : 0)
    send(0)
    await answerTo(wish, ({ state }) => state === 'ready')
    send(5e6)
    const whole = await answerTo(wish, (answer) => samplesOf(answer) === 25_600)
    expect(whole.state === 'ready' && whole.spectrum.stepHz).toBe(1)
    send(6e6)
    const joined = await answerTo(wish, (answer) => samplesOf(answer) === 32_768)
    expect(joined.state === 'ready' && joined.spectrum.stepHz).toBeCloseTo(0.78, 2)
  })

  it('rests nineteen times as long as it worked, so that spectra take a twentieth of a core at most', async () => {
    let nowMs = 0
    // Every look at the clock costs 10 ms, so that every piece of work seems to take as long.
    const clock = { now: () => nowMs * 1000, monotonicMs: () => (nowMs += 10), sleep: () => Promise.resolve() }
    const { live } = desk()
    const source = new SpectrumDesk({ live, clock })
    const ends: number[] = []
    for (let block = 0; block < 200; block++) {
      const startedAt = block * 1e6
      const samples = new Float64Array(RATE_HZ).fill(block)
      reduceFreight(live, {
        kind: 'waveform',
        sensor: 'a',
        startedAt,
        receivedAt: startedAt,
        sampleRateHz: RATE_HZ,
        samples,
        quality: QUALITY.good,
      })
      const answer = source.ask({ ...WISH, everyMs: 0 })
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise((resolve) => setImmediate(resolve))
      if (answer.state === 'ready' && ends.at(-1) !== answer.spectrum.at) ends.push(answer.spectrum.at)
    }
    // 200 questions, two seconds, 10 ms of work and 190 ms of rest: not more than some ten.
    expect(ends.length).toBeGreaterThan(2)
    expect(ends.length).toBeLessThanOrEqual(12)
  })

  it('works on what is new once a second, and not at all while the picture is held', async () => {
    const { sendSecond, answerTo, source } = desk()
    sendSecond()
    await answerTo(WISH, ready)
    sendSecond()
    const held = { ...WISH, drawing: 'held' } as const
    for (let turn = 0; turn < 20; turn++) {
      expect(peakOf(source.ask(held))).toBeCloseTo(AMPLITUDE, 6)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await answerTo(WISH, (answer) => Math.abs(peakOf(answer) - AMPLITUDE - 1) < 1e-6)
  })

  it('keeps the lines of a waterfall, one for each stretch', async () => {
    const { sendSecond, answerTo } = desk()
    for (let count = 1; count <= 3; count++) {
      sendSecond()
      await answerTo(WISH, (answer) => ready(answer) && rowsOf(answer).length === count && rowsOf(answer)[0]?.stepHz === 2)
    }
    expect(rowsOf(await answerTo(WISH, ready)).map(({ values, stepHz }) => Math.round(values[LINE_HZ / stepHz] ?? 0))).toEqual([3, 4, 5])
  })

  it('says why where samples hold no numbers', async () => {
    const { live, answerTo } = desk()
    const samples = new Float64Array(1024).fill(Number.NaN)
    reduceFreight(live, {
      kind: 'waveform',
      sensor: 'a',
      startedAt: 0,
      receivedAt: 0,
      sampleRateHz: RATE_HZ,
      samples,
      quality: QUALITY.good,
    })
    const answer = await answerTo(
      { ...WISH, everyMs: 0 },
      ({ state, ...rest }) => state === 'missing' && 'because' in rest && /number/.test(rest.because),
    )
    expect(answer.state).toBe('missing')
  })

  it('keeps samples of the sensors that were asked about last, and of no others', () => {
    const { live, source } = desk()
    for (let row = 0; row < 9; row++) source.ask({ ...WISH, row })
    expect([...live.tapes.keys()]).toEqual([5, 6, 7, 8])
  })
})
