import { formatMicros } from '../readings/time.js'
import type { BuiltRecording, RecordingPlan } from './build-recording.js'

/** A recording that was made out of others: what `recordings cut` and `merge` tell. */
export interface WrittenRecording {
  readonly schema: 'chatterfix/recording/1'
  readonly path: string
  readonly produced: number
  readonly stored: number
  readonly dropped: number
  readonly pruned: number
  readonly gaps: number
  readonly parts: number
  readonly bytes: number
  readonly endedBy: string
  readonly startedAt: string
  readonly sensors: number
  readonly rows: BuiltRecording['rows']
}

export function summariseBuilt(built: BuiltRecording, plan: Pick<RecordingPlan, 'run' | 'endedBy'>): WrittenRecording {
  const { produced, stored, dropped, pruned, rows } = built
  return {
    schema: 'chatterfix/recording/1',
    path: built.folder,
    produced,
    stored,
    dropped,
    pruned,
    gaps: rows.gaps,
    parts: built.parts,
    bytes: built.bytes,
    endedBy: plan.endedBy,
    startedAt: formatMicros(plan.run.startedAt),
    sensors: plan.run.sensors.length,
    rows,
  }
}
