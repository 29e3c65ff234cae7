import type { FrequencyBand } from '../../analysis/bearing/envelope-spectrum.js'
import { reasonOf } from '../../faults/fault.js'
import type { Clock } from '../../readings/clock.js'
import type { LiveState } from '../live/live-state.js'
import { SampleTape } from '../live/sample-tape.js'
import type { LiveSpectrum, SpectrumAnswer, SpectrumSource, SpectrumWish, WaterfallRow } from './spectrum-answer.js'

/** The longest stretch that is ever worked on: some 10 ms of one core. */
export const LONGEST_LENGTH = 2 ** 15
const SHORTEST_LENGTH = 256
/** Work that takes longer than this holds up the capture; the next one gets less to do. */
const BUDGET_MS = 20
const TAPES_KEPT = 4
const WATERFALL_KEPT = 120

/** What somebody asked for, and how far it is. */
interface Job {
  wish: SpectrumWish
  answer: SpectrumAnswer
  workedAtMs: number
  /** End of the samples it was worked out of, so that the same are not worked on twice. */
  endsAt: number
  band: FrequencyBand | null
}

/** What is kept of a sensor for as long as somebody looks at it. */
interface Subject {
  readonly tape: SampleTape
  readonly waterfall: WaterfallRow[]
}

/**
 * Works spectra out between the frames: one at a time, each at most once a second, and only while somebody asks. Samples are kept from the first
 * question on. No timer: every question may start work, which is done when the event loop has nothing more urgent.
 */
export class SpectrumDesk implements SpectrumSource {
  readonly #store: { readonly live: LiveState; readonly clock: Clock }
  readonly #subjects = new Map<number, Subject>()
  readonly #jobs = new Map<string, Job>()
  #limit = SHORTEST_LENGTH * 16
  #overruns = 0
  #isBusy = false

  constructor(store: { readonly live: LiveState; readonly clock: Clock }) {
    this.#store = store
  }

  ask(wish: SpectrumWish): SpectrumAnswer {
    const subject = this.#subjectOf(wish.row)
    const name = [wish.row, wish.kind, wish.length, wish.bandNumber].join(' ')
    const job = this.#jobs.get(name) ?? newJob(wish)
    job.wish = wish
    // The last asked stand last; those nobody asks for any more fall out.
    this.#jobs.delete(name)
    this.#jobs.set(name, job)
    if (this.#jobs.size > TAPES_KEPT * 2) this.#jobs.delete(this.#jobs.keys().next().value ?? '')
    const mayWork = wish.drawing === 'running' || job.workedAtMs === Number.NEGATIVE_INFINITY
    const isDue = this.#store.clock.monotonicMs() - job.workedAtMs >= wish.everyMs && subject.tape.endsAt !== job.endsAt
    if (!this.#isBusy && mayWork && isDue && subject.tape.count >= SHORTEST_LENGTH) {
      this.#isBusy = true
      setImmediate(() => void this.#work(job, subject))
    }
    if (job.answer.state === 'missing' && subject.tape.count < SHORTEST_LENGTH) {
      return { state: 'missing', because: `${subject.tape.count} of ${SHORTEST_LENGTH} samples have come` }
    }
    return job.answer
  }

  /** The sensor that was asked about last stands last; the one that nobody asked about for longest falls out. */
  #subjectOf(row: number): Subject {
    const { live } = this.#store
    const subject = this.#subjects.get(row) ?? { tape: new SampleTape(LONGEST_LENGTH), waterfall: [] }
    this.#subjects.delete(row)
    this.#subjects.set(row, subject)
    // New, or a replay went elsewhere and everything began anew.
    if (live.tapes.get(row) !== subject.tape) {
      live.tapes.set(row, subject.tape)
      subject.tape.interrupt()
      const last = live.waveforms[row]
      if (last) subject.tape.push(last)
    }
    const [oldest] = this.#subjects.keys()
    if (this.#subjects.size > TAPES_KEPT && oldest !== undefined) {
      this.#subjects.delete(oldest)
      live.tapes.delete(oldest)
    }
    return subject
  }

  async #work(job: Job, { tape, waterfall }: Subject): Promise<void> {
    try {
      // Nobody who never looks at a spectrum pays for its code.
      const { waterfallRow, workOut } = await import('./work-out.js')
      const startedMs = this.#store.clock.monotonicMs()
      const samples = tape.latest(2 ** Math.floor(Math.log2(Math.min(tape.count, job.wish.length, this.#limit))))
      const stretch = { samples, sampleRateHz: tape.sampleRateHz, at: tape.endsAt }
      job.workedAtMs = startedMs
      job.endsAt = tape.endsAt
      const spectrum = workOut(stretch, job.wish, job.band)
      job.band = spectrum.band
      if (waterfall.at(-1)?.at !== stretch.at) keepRow(waterfall, waterfallRow(stretch))
      job.answer = { state: 'ready', spectrum, waterfall }
      this.#spent(this.#store.clock.monotonicMs() - startedMs, spectrum)
    } catch (thrown) {
      job.answer = { state: 'missing', because: reasonOf(thrown) }
    } finally {
      this.#isBusy = false
    }
  }

  /** Code that runs for the first time is slow, so the first work is short; twice too long in a row, and the stretch is halved. */
  #spent(tookMs: number, { samples }: LiveSpectrum): void {
    if (tookMs <= BUDGET_MS) {
      this.#overruns = 0
      if (samples === this.#limit && tookMs * 2 <= BUDGET_MS) this.#limit = Math.min(LONGEST_LENGTH, this.#limit * 2)
      return
    }
    this.#overruns++
    if (this.#overruns >= 2) this.#limit = Math.max(SHORTEST_LENGTH * 2, this.#limit / 2)
  }
}

function newJob(wish: SpectrumWish): Job {
  const answer = { state: 'missing', because: 'the first samples are on their way' } as const
  return { wish, answer, workedAtMs: Number.NEGATIVE_INFINITY, endsAt: Number.NaN, band: null }
}

function keepRow(waterfall: WaterfallRow[], row: WaterfallRow): void {
  if (waterfall.at(-1)?.stepHz !== row.stepHz) waterfall.length = 0
  waterfall.push(row)
  if (waterfall.length > WATERFALL_KEPT) waterfall.shift()
}
