import type { SensorKey } from '../../readings/measurement.js'
import type { ReplayPace } from '../../readings/replay-pace.js'
import { type LicenceFacts, NO_WORK, type RecorderFacts, type RecordingShelf, type WorkFacts, type WriteFacts } from '../work-facts.js'

/** Recordings that a person begins and ends while the run lasts. */
export interface Recorder {
  readonly facts: RecorderFacts
  /** @returns a word to the person. */
  begin(folder: string): Promise<string>
  end(): Promise<string>
}

export interface LicenceDesk {
  readonly facts: LicenceFacts
  /** Never rejects: a failure is in `facts`. */
  ask(customer: string): Promise<void>
}

export interface WriteDesk {
  readonly facts: WriteFacts
  /** Never rejects, like the next: a failure is in `facts`. */
  draft(sensor: SensorKey, value: number): Promise<void>
  confirm(typed: string): Promise<void>
  drop(): void
}

/** What the world outside can do; what is left out is not possible in this run. */
export interface WorkAbilities {
  readonly recorder?: Recorder
  readonly shelf?: RecordingShelf
  readonly pace?: ReplayPace
  readonly licence?: LicenceDesk
  readonly writing?: WriteDesk
  /** Asks the terminal to put a text into its clipboard. */
  readonly copy?: (text: string) => void
  /** Keeps a file that did not exist before. @returns its path. */
  readonly keep?: (file: string, content: string | Uint8Array) => Promise<string>
}

/** The abilities as a frame sees them. */
export function workFactsOf(work: WorkAbilities | undefined): WorkFacts {
  if (!work) return NO_WORK
  const { recorder, shelf, pace, licence, writing } = work
  return {
    recorder: recorder?.facts ?? null,
    shelf: shelf ?? null,
    replay: pace?.facts ?? null,
    licence: licence?.facts ?? null,
    writing: writing?.facts ?? null,
  }
}
