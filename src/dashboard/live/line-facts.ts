import type { EpochMicros } from '../../readings/time.js'

/** A connection as the dashboard sees it: the sensors that share one far end, and what came of them. */
export interface Line {
  /** Scheme and far end, as the addresses of its sensors say. */
  readonly name: string
  state: 'waiting' | 'live' | 'lost'
  since: EpochMicros
  cause: string
  sensors: number
  /** Readings and waveform blocks, those without a value too. */
  received: number
  bad: number
  /** How many of its sensors have a value now. */
  valued: number
  /** How often it was lost. */
  losses: number
  /** Stretches in which nothing was measured, and how long they were together. */
  gaps: number
  gapMs: number
  /** EpochMicros by our clock; 0 before the first. */
  lastReceivedAt: EpochMicros
  /** From measured to received, of the last reading, in ms: by two clocks where the device stamps its readings. */
  delayMs: number
  /** Readings with a value per second, over some seconds; NaN until they are over. */
  ratePerS: number
  rateFrom: EpochMicros
  rateCount: number
}

const RATE_WINDOW_MICROS = 5e6

export function newLine(name: string, since: EpochMicros): Line {
  return {
    name,
    state: 'waiting',
    since,
    cause: '',
    sensors: 0,
    received: 0,
    bad: 0,
    valued: 0,
    losses: 0,
    gaps: 0,
    gapMs: 0,
    lastReceivedAt: 0,
    delayMs: Number.NaN,
    ratePerS: Number.NaN,
    rateFrom: 0,
    rateCount: 0,
  }
}

/** Counts what a line delivered. */
export function countDelivery(
  line: Line,
  delivery: { readonly count: number; readonly valued: number; readonly measuredAt: EpochMicros; readonly receivedAt: EpochMicros },
): void {
  const { count, valued, measuredAt, receivedAt } = delivery
  line.received += count
  line.lastReceivedAt = receivedAt
  line.delayMs = (receivedAt - measuredAt) / 1000
  if (line.rateFrom === 0 || receivedAt < line.rateFrom) line.rateFrom = receivedAt
  line.rateCount += valued
  const elapsed = receivedAt - line.rateFrom
  if (elapsed < RATE_WINDOW_MICROS) return
  line.ratePerS = (line.rateCount * 1e6) / elapsed
  line.rateFrom = receivedAt
  line.rateCount = 0
}

/** Readings with a value per second now: a line that has said nothing for longer than the window delivers none. */
export function rateAt(line: Line, now: EpochMicros): number {
  return line.lastReceivedAt > 0 && now - line.lastReceivedAt > RATE_WINDOW_MICROS ? 0 : line.ratePerS
}
