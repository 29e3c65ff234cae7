import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.js'
import { ProgressLine } from '../../cli/progress-line.js'
import { systemClock } from '../../cli/system-clock.js'
import { EXIT } from '../../faults/exit-code.js'
import { formatCompacted } from '../../output/recording-changes.js'
import type { CompactedRecording } from '../../recordings/compact-recording.js'

export default class RecordingsCompact extends BaseCommand {
  static override readonly summary = 'merge the small parts of a recording into few large ones'
  static override readonly description =
    `Sorted by sensor and time, so that a query of one sensor reads little. A running recorder does this by itself; this is for recordings that
nobody records into. Each merge is committed by itself: Ctrl-C keeps what was done. The exit code is 6 where a damaged part was left alone.`
  static override readonly examples = ['<%= config.bin %> recordings compact run-1']
  static override readonly args = { recording: argument({ description: 'the folder of the recording', required: true }) }

  async run(): Promise<{ readonly schema: 'chatterfix/compaction/1' } & CompactedRecording> {
    const { args } = await this.parse(RecordingsCompact)
    const { compactRecording } = await import('../../recordings/compact-recording.js')
    const line = new ProgressLine(process.stderr)
    const compacted = await compactRecording(args.recording, {
      now: systemClock.now(),
      signal: this.stop.signal,
      progress: ({ merged, of }) => line.show({ done: merged, total: of, what: 'parts merged' }),
    }).finally(() => line.clear())
    this.say(formatCompacted(compacted))
    if (compacted.damaged.length > 0) this.endWith(EXIT.data)
    return { schema: 'chatterfix/compaction/1', ...compacted }
  }
}
