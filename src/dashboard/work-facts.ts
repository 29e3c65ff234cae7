import type { SensorKey } from '../readings/measurement.js'
import type { ReplayFacts } from '../readings/replay-pace.js'
import type { EpochMicros } from '../readings/time.js'

/** What the world outside can do in this run, and how far it is, as frames see it. All texts come from files and servers: views make them safe. */
export interface WorkFacts {
  readonly recorder: RecorderFacts | null
  /** Recordings on disk; null where nobody looks there. */
  readonly shelf: RecordingShelf | null
  /** Null where nothing is replayed. */
  readonly replay: ReplayFacts | null
  readonly licence: LicenceFacts | null
  readonly writing: WriteFacts | null
}

export interface RecorderFacts {
  /** The folder that is proposed for the next one. */
  readonly proposal: string
  readonly made: readonly { readonly folder: string; readonly stored: number; readonly dropped: number }[]
}

/** A folder of recordings. */
export interface RecordingShelf {
  /** What is known of it. Asking keeps it coming: it is looked at again from time to time, and never by itself. */
  ask(): ShelfFacts
}

export interface ShelfFacts {
  readonly folder: string
  /** `looking`: for the first time. */
  readonly phase: 'looking' | 'known' | 'failed'
  /** Why it could not be looked at; else empty. */
  readonly because: string
  /** The latest first. */
  readonly recordings: readonly ShelvedRecording[]
}

export interface ShelvedRecording {
  /** Below the folder; unique. */
  readonly name: string
  readonly state: 'recording' | 'complete' | 'interrupted' | 'unreadable'
  /** Null where it cannot be read. */
  readonly startedAt: EpochMicros | null
  readonly lengthMs: number | null
  readonly bytes: number
  readonly stored: number
  readonly dropped: number
  /** Null where nothing is wrong with it. */
  readonly problem: string | null
  /** What replays it, as one types it. */
  readonly replayCommand: string
}

export interface LicenceFacts {
  readonly server: string
  /** As whom it is asked; empty while nobody said. */
  readonly customer: string
  readonly answer:
    | { readonly phase: 'unasked' | 'asking' }
    | { readonly phase: 'failed'; readonly because: readonly string[] }
    | {
        readonly phase: 'answered'
        readonly facts: readonly (readonly [name: string, text: string])[]
        readonly used: number
        /** Null: no limit. */
        readonly limit: number | null
      }
}

/** A guarded write: read, show, ask for the name of the device, write, read back. */
export type WriteFacts =
  | { readonly phase: 'not-allowed' | 'idle' }
  | { readonly phase: 'reading' | 'writing'; readonly sensor: SensorKey }
  | {
      readonly phase: 'drafted' | 'written' | 'failed'
      readonly sensor: SensorKey
      readonly lines: readonly string[]
      readonly deviceName: string
    }

export const NO_WORK: WorkFacts = { recorder: null, shelf: null, replay: null, licence: null, writing: null }
