import type { Program } from './pattern/compile-pattern.js'

/** How a port is set; null where the address leaves it open. */
export interface PortSettings {
  /** `auto`: tried out. */
  readonly baud: number | 'auto' | null
  readonly dataBits: 7 | 8 | null
  readonly parity: 'none' | 'even' | 'odd' | null
  readonly stopBits: 1 | 2 | null
}

/** Where a message begins and ends. */
export type Framing =
  /** At CR, LF or both. */
  | { readonly kind: 'lines' }
  | { readonly kind: 'delimiter'; readonly delimiter: Uint8Array }
  | { readonly kind: 'length'; readonly length: number }
  /** Where nothing comes for so long. */
  | { readonly kind: 'gap'; readonly gapMs: number }

/** Which part of a message is the value. */
export type Wanted =
  | { readonly kind: 'pattern'; readonly program: Program }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'nmea'; readonly sentence: string; readonly field: string }
  | { readonly kind: 'text' }
  /** The first number of the answer. */
  | { readonly kind: 'number' }

/** What is sent for an answer. */
export interface Question {
  readonly bytes: Uint8Array
  /** Messages that do not match are not the answer; null takes the first that begins after the question. */
  readonly expect: Program | null
}

export interface SerialAddress {
  readonly path: string
  readonly settings: PortSettings
  readonly framing: Framing
  /** Null: whatever comes; a device to probe. */
  readonly wanted: Wanted | null
  /** Null: the device speaks by itself. Nothing is ever sent without it. */
  readonly question: Question | null
  readonly decimal: 'point' | 'comma'
}

export const EXAMPLE = 'serial:///dev/ttyUSB0?baud=9600&key=FLOW'
export const MAX_MESSAGE_BYTES = 4096
