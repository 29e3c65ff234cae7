import { Fault } from '../faults/fault.js'
import type { EpochMicros } from '../readings/time.js'
import { listRecordings } from './list-recordings.js'
import { type Horizon, horizonOf } from './prune-horizon.js'
import { horizonTexts, type PruneAround, type PrunedRecording, previewPrune, pruneRecording } from './prune-recording.js'

export interface PruneReport {
  readonly schema: 'chatterfix/prune/1'
  readonly dryRun: boolean
  /** Readings and waveforms are kept from here on; null where they are kept for ever. */
  readonly rawFrom: string | null
  /** Everything else. */
  readonly allFrom: string | null
  readonly recordings: readonly PrunedRecording[]
}

export interface PruneRequest {
  /** A recording, or a folder with recordings below it. */
  readonly root: string
  readonly keep: { readonly allMs?: number; readonly rawMs?: number }
}

/** What a prune would do. */
export async function previewPrunes({ root, keep }: PruneRequest, now: EpochMicros): Promise<PruneReport> {
  return await pruneEach(root, horizonOf(keep, now), { mode: 'dry-run', prune: previewPrune })
}

/** Prunes one recording, or all below a folder: there one that is in use or damaged is skipped and told. */
export async function pruneRecordings({ root, keep }: PruneRequest, around: PruneAround): Promise<PruneReport> {
  const prune = (folder: string, horizon: Horizon) => pruneRecording(folder, horizon, around)
  return await pruneEach(root, horizonOf(keep, around.now), { mode: 'for-good', prune })
}

async function pruneEach(
  root: string,
  horizon: Horizon,
  {
    mode,
    prune,
  }: { readonly mode: 'dry-run' | 'for-good'; readonly prune: (folder: string, horizon: Horizon) => Promise<PrunedRecording> },
): Promise<PruneReport> {
  const found = await listRecordings(root)
  const recordings: PrunedRecording[] = []
  for (const { path, bytes } of found) {
    try {
      recordings.push(await prune(path, horizon))
    } catch (thrown) {
      if (found.length === 1 || !(thrown instanceof Fault) || thrown.code === 'INTERRUPTED') throw thrown
      const because = thrown.facts.because === undefined ? thrown.message : `${thrown.message}: ${thrown.facts.because}`
      const outcome = thrown.code === 'RECORDING_IN_USE' ? 'in-use' : 'failed'
      recordings.push({
        path,
        outcome,
        because,
        pruned: 0,
        gone: {},
        spared: { sensors: 0, readings: 0 },
        left: {},
        bytesBefore: bytes,
        bytesAfter: bytes,
      })
    }
  }
  return { schema: 'chatterfix/prune/1', dryRun: mode === 'dry-run', ...horizonTexts(horizon), recordings }
}
