import type { SensorKey } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import type { CheckId, CheckResults } from './check.js'

/** A reading as it was captured, beside what a reference instrument said, where somebody held one to it. In the sensor's unit. */
export interface Capture {
  /** Null where there was none, because of `quality`. */
  readonly value: number | null
  readonly unit: string | null
  readonly quality: string
  readonly reference: number | null
}

/** What is written down, one line each; lines are only ever added. */
export type SheetEntry = { readonly at: EpochMicros; readonly sensor: SensorKey } & (
  | {
      readonly kind: 'verdict'
      readonly check: CheckId
      readonly verdict: 'confirmed' | 'rejected' | 'withdrawn'
      readonly by: string
      readonly says: string
    }
  | {
      readonly kind: 'response'
      readonly says: string
      /** Sensors that moved at the same moment, each with the evidence; left out: none did. */
      readonly alsoMoved?: readonly string[] | undefined
    }
  | ({ readonly kind: 'capture'; readonly when: CaptureTime; readonly by: string } & Capture)
  | { readonly kind: 'note'; readonly by: string; readonly says: string }
  | { readonly kind: 'sign-off'; readonly by: string; readonly results: CheckResults }
)
export type CaptureTime = 'as-found' | 'as-left'

/** A capture with who and when. */
export type KeptCapture = Capture & { readonly at: EpochMicros; readonly by: string }

/** That it moved when it was touched, and which others did. */
export interface StimulusResponse {
  readonly at: EpochMicros
  readonly says: string
  readonly alsoMoved: readonly string[]
}

/** All that is written down about one sensor. */
export interface SensorSheet {
  readonly verdicts: Readonly<
    Partial<
      Record<CheckId, { readonly verdict: 'confirmed' | 'rejected'; readonly by: string; readonly at: EpochMicros; readonly says: string }>
    >
  >
  readonly response: StimulusResponse | null
  /** The first one that was captured. */
  readonly asFound: KeptCapture | null
  /** The last one. */
  readonly asLeft: KeptCapture | null
  readonly notes: readonly { readonly at: EpochMicros; readonly by: string; readonly says: string }[]
  readonly signed: { readonly at: EpochMicros; readonly by: string; readonly results: CheckResults } | null
  /** Something else was written down after the signature, which therefore no longer holds. */
  readonly changedSince: 'yes' | 'no'
}

export type Sheets = ReadonlyMap<SensorKey, SensorSheet>

export const EMPTY_SHEET: SensorSheet = {
  verdicts: {},
  response: null,
  asFound: null,
  asLeft: null,
  notes: [],
  signed: null,
  changedSince: 'no',
}

/** The sheet with one more line. Notes leave a signature as it is; whatever else comes after it breaks it. */
export function withEntry(sheet: SensorSheet, entry: SheetEntry): SensorSheet {
  const later: SensorSheet = sheet.signed ? { ...sheet, signed: null, changedSince: 'yes' } : sheet
  const { at } = entry
  switch (entry.kind) {
    case 'verdict': {
      const { verdict, by, says } = entry
      return {
        ...later,
        verdicts:
          verdict === 'withdrawn' ? without(later.verdicts, entry.check) : { ...later.verdicts, [entry.check]: { verdict, by, at, says } },
      }
    }
    case 'response':
      return { ...later, response: { at, says: entry.says, alsoMoved: entry.alsoMoved ?? [] } }
    case 'capture': {
      const { value, unit, quality, reference, by } = entry
      const capture = { at, by, value, unit, quality, reference }
      return entry.when === 'as-found' ? { ...later, asFound: later.asFound ?? capture } : { ...later, asLeft: capture }
    }
    case 'note':
      return { ...sheet, notes: [...sheet.notes, { at, by: entry.by, says: entry.says }] }
    case 'sign-off':
      return { ...sheet, signed: { at, by: entry.by, results: entry.results }, changedSince: 'no' }
  }
}

/** All sheets out of the lines in their order. */
export function sheetsOf(entries: Iterable<SheetEntry>): Sheets {
  const sheets = new Map<SensorKey, SensorSheet>()
  for (const entry of entries) sheets.set(entry.sensor, withEntry(sheets.get(entry.sensor) ?? EMPTY_SHEET, entry))
  return sheets
}

function without(verdicts: SensorSheet['verdicts'], check: CheckId): SensorSheet['verdicts'] {
  return Object.fromEntries(Object.entries(verdicts).filter(([id]) => id !== check))
}
