import { stat } from 'node:fs/promises'
import { isRecording } from '../batch-analysis/is-recording.js'

/** Whether many files are meant: several, a folder that is no recording, a pattern, or a flag that only makes sense for many. */
export async function isForMany(
  targets: readonly string[],
  flags: {
    readonly jobs?: number | undefined
    readonly out?: string | undefined
    readonly shard?: string | undefined
    readonly jsonl: boolean
  },
): Promise<boolean> {
  const { jobs, out, shard, jsonl } = flags
  if (targets.length > 1 || jobs !== undefined || out !== undefined || shard !== undefined || jsonl) return true
  const [target = ''] = targets
  const there = await stat(target).catch(() => null)
  return there === null ? /[*?[\]{}]/.test(target) : there.isDirectory() && !(await isRecording(target))
}
