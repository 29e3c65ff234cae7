import process from 'node:process'
import { Fault } from '../faults/fault.js'
import { formatPruned } from '../output/recording-changes.js'
import type { PruneReport, PruneRequest } from '../recordings/prune-recordings.js'
import { confirm } from './confirm.js'

/** How long what is kept. @throws Fault USAGE where neither is said, or readings would outlive their aggregates. */
export function keepOf(flags: { readonly keepMs: number | undefined; readonly keepRawMs: number | undefined }): PruneRequest['keep'] {
  const { keepMs: allMs, keepRawMs: rawMs } = flags
  if (allMs === undefined && rawMs === undefined) {
    throw new Fault('USAGE', {
      message: 'prune needs --keep or --keep-raw',
      because: 'nothing is deleted that nobody named',
      advice: { help: 'chatterfix recordings prune /data --keep 2y --keep-raw 90d --dry-run' },
    })
  }
  if (allMs !== undefined && rawMs !== undefined && rawMs > allMs) {
    throw new Fault('USAGE', {
      message: '--keep-raw is longer than --keep',
      because: '--keep is how long anything is kept, readings included',
      advice: { help: 'chatterfix recordings prune /data --keep 2y --keep-raw 90d --dry-run' },
    })
  }
  return { ...(allMs === undefined ? {} : { allMs }), ...(rawMs === undefined ? {} : { rawMs }) }
}

/** Shows what would go and asks. @throws Fault USAGE without a terminal, INTERRUPTED. */
export async function isPruneAgreed(preview: PruneReport, signal: AbortSignal): Promise<boolean> {
  if (!preview.recordings.some(({ outcome }) => outcome === 'pruned')) return true
  if (process.stdin.isTTY && process.stderr.isTTY) process.stderr.write(`${formatPruned(preview)}\n`)
  const answer = await confirm('Delete it?', signal)
  if (answer !== 'unasked') return answer === 'yes'
  throw new Fault('USAGE', {
    message: 'prune deletes, and nobody is here to be asked',
    because: 'without a terminal it needs --yes',
    advice: { help: 'chatterfix recordings prune … --dry-run    then the same with --yes' },
  })
}
