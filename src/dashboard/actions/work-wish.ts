import type { SensorKey } from '../../readings/measurement.js'
import type { ReplaySpeed } from '../../readings/replay-pace.js'
import type { EpochMicros } from '../../readings/time.js'

/** Work on recordings, replays, licence and devices that a person wants done. */
export type WorkWish =
  | { readonly wish: 'begin-recording'; readonly folder: string }
  | { readonly wish: 'end-recording' }
  | { readonly wish: 'replay-speed'; readonly speed: ReplaySpeed }
  /** One step faster or slower. */
  | { readonly wish: 'replay-pace'; readonly by: 1 | -1 }
  | { readonly wish: 'replay-step'; readonly seconds: number }
  | { readonly wish: 'replay-pause' }
  | { readonly wish: 'replay-from'; readonly at: EpochMicros }
  | { readonly wish: 'ask-licence'; readonly customer: string }
  /** Reads what stands there; nothing is written. */
  | { readonly wish: 'draft-write'; readonly sensor: SensorKey; readonly value: number }
  | { readonly wish: 'confirm-write'; readonly typed: string }
  | { readonly wish: 'drop-write' }
  /** Into the clipboard of the terminal. */
  | { readonly wish: 'copy'; readonly text: string }
  /** A file of what is on the screen or in the pane. */
  | { readonly wish: 'keep'; readonly what: 'screen' | 'pane'; readonly file: string }
