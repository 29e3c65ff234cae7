import { EnvelopeRing, type Grade } from './envelope-ring.js'

/** Step and length of each ring, the finest first. */
interface Scale {
  readonly stepMs: number
  readonly steps: number
}

export const FINEST_STEP_MS = 250
/** 5 min, 2 h, 24 h: about 65 KB a sensor. */
const LONG: readonly Scale[] = [
  { stepMs: FINEST_STEP_MS, steps: 1200 },
  { stepMs: 5000, steps: 1440 },
  { stepMs: 60_000, steps: 1440 },
]
/** 1 min, 1 h, 24 h: about 14 KB a sensor, for plants of many. */
const SHORT: readonly Scale[] = [
  { stepMs: FINEST_STEP_MS, steps: 240 },
  { stepMs: 10_000, steps: 360 },
  { stepMs: 300_000, steps: 288 },
]

/**
 * The past of one sensor at several time scales, so that any span can be drawn at once. What is older than the coarsest ring is for the recording
 * to tell. Memory is fixed with the first reading.
 */
export class SensorHistory {
  /** The finest first; all hold the same readings. Empty before the first one. */
  rings: readonly EnvelopeRing[] = []
  private readonly scales: readonly Scale[]

  constructor(length: 'long' | 'short') {
    this.scales = length === 'long' ? LONG : SHORT
  }

  /** A reading at a time in ms since the epoch; NaN where there is no value. */
  push(atMs: number, value: number, grade: Grade): void {
    if (this.rings.length === 0) this.rings = this.scales.map(({ stepMs, steps }) => new EnvelopeRing(stepMs, steps))
    for (const ring of this.rings) ring.push(atMs, value, grade)
  }

  /** Nothing was measured from … to, in ms since the epoch. */
  lose(fromMs: number, toMs: number): void {
    for (const ring of this.rings) ring.lose(fromMs, toMs)
  }

  get finest(): EnvelopeRing | undefined {
    return this.rings[0]
  }

  /** The finest ring that reaches back to a time in ms since the epoch, or has lost nothing of what there was; the coarsest where none does. */
  reaching(fromMs: number): EnvelopeRing | undefined {
    return this.rings.find((ring) => ring.oldestSlot * ring.stepMs <= fromMs || hasAll(ring)) ?? this.rings.at(-1)
  }
}

function hasAll(ring: EnvelopeRing): boolean {
  return ring.oldestSlot > ring.newestSlot - ring.capacity + 1
}
