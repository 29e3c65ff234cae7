import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { ProgressLine } from '../../cli/progress-line.js'
import { parseRenaming } from '../../cli/renaming.js'
import { Fault } from '../../faults/fault.js'
import { formatMerged } from '../../output/recording-changes.js'
import type { MergedRecording } from '../../recordings/merge-recordings.js'

export default class RecordingsMerge extends BaseCommand {
  static override readonly summary = 'several recordings as one'
  static override readonly description =
    `The last folder is made; the others stay as they are. Sensors of one name have to be one sensor (address, unit, kind); --rename makes two of them.
A row that several recordings have (same sensor, time and value) is counted once, and told.`
  static override readonly examples = [
    '<%= config.bin %> recordings merge monday tuesday week',
    "<%= config.bin %> recordings merge line-a line-b plant --rename 'line-b:pump/speed=line-b/pump/speed'",
  ]
  static override readonly strict = false
  static override readonly args = {
    recording: argument({ description: 'the folders of the recordings, and last the one to make', required: true }),
  }
  static override readonly flags = {
    rename: string({ description: "RECORDING:SENSOR=NEW-NAME, e.g. 'run-2:pump/speed=pump/speed-2'; may be given again", multiple: true }),
  }

  async run(): Promise<MergedRecording> {
    const { argv, flags } = await this.parse(RecordingsMerge)
    const folders = (argv as string[]).slice(0, -1)
    const out = (argv as string[]).at(-1) ?? ''
    if (folders.length < 2) {
      throw new Fault('USAGE', {
        message: 'merge needs two recordings and the folder to make',
        because: `it got ${argv.length === 1 ? 'one folder' : `${argv.length} folders`}`,
        advice: { help: 'chatterfix recordings merge run-1 run-2 both' },
      })
    }
    const { mergeRecordings } = await import('../../recordings/merge-recordings.js')
    const progress = new ProgressLine(process.stderr)
    const merged = await mergeRecordings({
      folders,
      out,
      renamings: (flags.rename ?? []).map((text) => parseRenaming(text, folders)),
      tool: `chatterfix ${this.config.version}`,
      signal: this.stop.signal,
      progress: progress.show,
    }).finally(() => progress.clear())
    this.say(formatMerged(merged))
    return merged
  }
}
