import { characterMs, type LineSettings } from './medium.js'

/** Durations that follow from the speed of a line, in ms. */
export interface LineTiming {
  readonly characterMs: number
  /** The line must have been quiet for so long before a frame. */
  readonly gapMs: number
  /** Once everything that was expected has come, nothing more comes after so long. */
  readonly settleMs: number
}

/** Above 19200 baud the gap is fixed (serial line V1.02, 2.5.1.1). */
const FIXED_GAP_ABOVE_BAUD = 19_200
const FIXED_GAP_MS = 1.75
const GAP_CHARACTERS = 3.5
/** USB adapters hand over what they have every 16 ms (FTDI's default), and the system takes a little too. */
const ADAPTER_LAG_MS = 20

export function timingOf(settings: LineSettings): LineTiming {
  const character = characterMs(settings)
  const gapMs = settings.baudRate > FIXED_GAP_ABOVE_BAUD ? FIXED_GAP_MS : GAP_CHARACTERS * character
  return { characterMs: character, gapMs, settleMs: gapMs + ADAPTER_LAG_MS }
}

/** Behind TCP nobody knows the speed; the device server keeps the gaps. */
export const TCP_TIMING: LineTiming = { characterMs: 0, gapMs: 0, settleMs: 60 }
