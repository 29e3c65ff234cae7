import type { FrequencyBand } from '../../analysis/bearing/envelope-spectrum.js'
import { reasonOf } from '../../faults/fault.js'
import type { Clock } from '../../readings/clock.js'
import type { LiveState } from '../live/live-state.js'
import { SampleTape } from '../live/sample-tape.js'
import type { LiveSpectrum, SpectrumAnswer, SpectrumSource, SpectrumWish, WaterfallRow } from './spectrum-answer.js'

/** The longest stretch that is ever worked on: some 20 ms of one core. */
const LONGEST_LENGTH = 2 ** 16
const SHORTEST_LENGTH = 256
/** Work that takes longer than this holds up the capture; there is no more to do until it went quicker. */
const BUDGET_MS = 40
/** So many pieces in a row that took twice the budget are no chance: the next one gets half. A busy machine makes one slow now and then. */
const OVERRUNS = 4
/** However long the work takes, it rests for so many times as long. */
const REST = 19
/** From the first, short stretch to as many samples as are wanted. */
const GROWING_MS = 250
const TAPES_KEPT = 4
const WATERFALL_KEPT = 120

/** What somebody asked for, and how far it is. */
interface Job {
  wish: SpectrumWish
  answer: SpectrumAnswer
  workedAtMs: number
  /** End of the samples it was worked out of, so that the same are not worked on twice. */
  endsAt: number
  /** How many they were. */
  samples: number
  band: FrequencyBand | null
}

/** What is kept of a sensor for as long as somebody looks at it. */
interface Subject {
  readonly tape: SampleTape
  readonly waterfall: WaterfallRow[]
}

/**
 * Works spectra out between the frames: one at a time, each at most once a second, a twentieth of one core in all, and only while somebody asks. Samples are kept from the first
 * question on. No timer: every question may start work, which is done when the event loop has nothing more urgent.
 */
export class SpectrumDesk implements SpectrumSource {
  readonly #store: { readonly live: LiveState; readonly clock: Clock }
  readonly #subjects = new Map<number, Subject>()
  readonly #jobs = new Map<string, Job>()
  readonly #budgets: Readonly<Record<SpectrumWish['kind'], Budget>> = { spectrum: newBudget(), envelope: newBudget() }
  #isBusy = false
  #restsUntilMs = Number.NEGATIVE_INFINITY

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
    const isGrowing = job.samples < this.#lengthFor(job, subject)
    const isNew = isGrowing || subject.tape.endsAt !== job.endsAt
    const nowMs = this.#store.clock.monotonicMs()
    const isDue = isNew && nowMs >= this.#restsUntilMs && nowMs - job.workedAtMs >= (isGrowing ? GROWING_MS : wish.everyMs)
    if (!this.#isBusy && mayWork && isDue && subject.tape.count >= SHORTEST_LENGTH) {
      this.#isBusy = true
      void this.#work(job, subject)
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
      const { BAND_SAMPLES, waterfallRow, workOut } = await import('./work-out.js')
      await nextTurn()
      const startedMs = this.#store.clock.monotonicMs()
      const samples = tape.latest(this.#lengthFor(job, { tape }))
      const stretch = { samples, sampleRateHz: tape.sampleRateHz, at: tape.endsAt }
      job.workedAtMs = startedMs
      job.endsAt = tape.endsAt
      job.samples = samples.length
      const spectrum = workOut(stretch, job.wish, job.band)
      const endedMs = this.#store.clock.monotonicMs()
      this.#restsUntilMs = endedMs + REST * (endedMs - startedMs)
      spend(this.#budgets[job.wish.kind], endedMs - startedMs, spectrum)
      // A band that was found in less than there can be is looked for again.
      job.band = samples.length < Math.min(BAND_SAMPLES, job.wish.length) ? null : spectrum.band
      job.answer = { state: 'ready', spectrum, waterfall }
      await nextTurn()
      keepRow(waterfall, waterfallRow(stretch))
    } catch (thrown) {
      job.answer = { state: 'missing', because: reasonOf(thrown) }
    } finally {
      this.#isBusy = false
    }
  }

  /** As many as there are, are wanted, and go into the budget: a power of two, or whole blocks where those are more. */
  #lengthFor({ wish }: Job, { tape }: Pick<Subject, 'tape'>): number {
    const most = Math.min(tape.count, tape.capacity, wish.length, this.#budgets[wish.kind].limit)
    const blocks = tape.blockLength < SHORTEST_LENGTH ? 0 : tape.blockLength * Math.floor(most / tape.blockLength)
    return Math.max(2 ** Math.floor(Math.log2(most)), blocks)
  }
}

/** How many samples one piece of work may take, by how long the last ones took. */
interface Budget {
  limit: number
  overruns: number
}

/** Code that runs for the first time is slow, so the first work is short. */
function newBudget(): Budget {
  return { limit: SHORTEST_LENGTH * 2, overruns: 0 }
}

function spend(budget: Budget, tookMs: number, { samples }: LiveSpectrum): void {
  budget.overruns = tookMs > 2 * BUDGET_MS ? budget.overruns + 1 : 0
  if (budget.overruns >= OVERRUNS) budget.limit = Math.max(SHORTEST_LENGTH * 2, budget.limit / 2)
  else if (tookMs <= BUDGET_MS && samples * 2 > budget.limit) budget.limit = Math.min(LONGEST_LENGTH, budget.limit * 2)
}

/** Lets whatever waits go first, above all the capture. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function newJob(wish: SpectrumWish): Job {
  const answer = { state: 'missing', because: 'the first samples are on their way' } as const
  return { wish, answer, workedAtMs: Number.NEGATIVE_INFINITY, endsAt: Number.NaN, samples: 0, band: null }
}

/** One for each end of the samples, and all of the same resolution. */
function keepRow(waterfall: WaterfallRow[], row: WaterfallRow): void {
  if (waterfall.at(-1)?.stepHz !== row.stepHz) waterfall.length = 0
  if (waterfall.at(-1)?.at === row.at) return
  waterfall.push(row)
  if (waterfall.length > WATERFALL_KEPT) waterfall.shift()
}
