import { unitOf } from '../../readings/unit.js'
import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { describeWaveform } from '../time-domain/describe-waveform.js'
import { RunningLevels, type WaveformLevels } from '../time-domain/running-levels.js'
import { bandRms, ISO_BAND_HZ } from './band-rms.js'
import { RunningBandRms } from './running-band-rms.js'

/** What all samples of a record say that needs no spectrum of the whole. */
export interface WholeLevels {
  readonly waveform: WaveformLevels
  /** RMS of the velocity within 10–1000 Hz in u·s (u where the samples are a velocity), or in words why there is none. */
  readonly velocityRms: number | string
}

/** Levels of a record that is read block by block. */
export class RunningWhole {
  readonly #levels = new RunningLevels()
  readonly #velocity: RunningBandRms | string

  constructor(record: { readonly sampleRateHz: number; readonly unit: string | null }) {
    this.#velocity = orReason(() => new RunningBandRms(velocityOf(record)))
  }

  /** @throws AnalysisFault `not-finite`. */
  push(samples: Samples): void {
    this.#levels.push(samples)
    if (typeof this.#velocity !== 'string') this.#velocity.push(samples)
  }

  /** What follows does not go on where the last samples ended. */
  interrupt(): void {
    if (typeof this.#velocity !== 'string') this.#velocity.interrupt()
  }

  /** @throws AnalysisFault `too-few-samples` below two samples. */
  result(): WholeLevels {
    const waveform = this.#levels.levels()
    const velocity = this.#velocity
    if (typeof velocity === 'string') return { waveform, velocityRms: velocity }
    return { waveform, velocityRms: unlessStuck(waveform, () => velocity.result()) }
  }
}

/** Levels of a record that is at hand as a whole; its velocity is that of one spectrum. @throws AnalysisFault `not-finite`, `too-few-samples`. */
export function levelsOfRecord(record: {
  readonly samples: Samples
  readonly sampleRateHz: number
  readonly unit: string | null
}): WholeLevels {
  const waveform = describeWaveform(record.samples)
  return { waveform, velocityRms: unlessStuck(waveform, () => bandRms(record.samples, velocityOf(record))) }
}

/** A channel on which nothing moves, not even noise, measures nothing: it must not put a machine into the best zone. */
function unlessStuck({ rms }: WaveformLevels, work: () => number): number | string {
  return rms > 0 ? orReason(work) : 'the signal is constant'
}

function velocityOf({ sampleRateHz, unit }: { readonly sampleRateHz: number; readonly unit: string | null }) {
  const isVelocity = unit !== null && unitOf(unit)?.quantity === 'velocity'
  return { sampleRateHz, band: ISO_BAND_HZ, integrated: isVelocity ? 'not' : 'once' } as const
}

function orReason<T>(work: () => T): T | string {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof AnalysisFault) return thrown.message
    throw thrown
  }
}
