import type { ReplayFacts } from '../readings/replay-pace.js'

/** What the world outside can do in this run, and how far it is, as frames see it. All texts come from files and servers: views make them safe. */
export interface WorkFacts {
  readonly recorder: RecorderFacts | null
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
  | { readonly phase: 'not-allowed' | 'idle' | 'reading' | 'writing' }
  | { readonly phase: 'drafted' | 'written' | 'failed'; readonly lines: readonly string[]; readonly deviceName: string }

export const NO_WORK: WorkFacts = { recorder: null, replay: null, licence: null, writing: null }
