import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { ProgressLine } from '../../cli/progress-line.js'
import { timeFlag } from '../../cli/time-flag.js'
import { formatWritten } from '../../output/recording-changes.js'
import type { WrittenRecording } from '../../recordings/written-recording.js'

export default class RecordingsCut extends BaseCommand {
  static override readonly summary = 'a piece of a recording as a recording of its own'
  static override readonly description =
    'The old recording stays as it is, and may still be recorded into. A waveform block belongs to the piece in which it begins.'
  static override readonly examples = [
    '<%= config.bin %> recordings cut run-1 monday --from 2026-11-23 --to 2026-11-24',
    '<%= config.bin %> recordings cut run-1 bearing --sensor pump-247/drive-end-acceleration --sensor pump-247/speed',
  ]
  static override readonly args = {
    recording: argument({ description: 'the folder of the recording', required: true }),
    out: argument({ description: 'the folder to make', required: true }),
  }
  static override readonly flags = {
    from: timeFlag({ description: 'only from this time on' }),
    to: timeFlag({ description: 'only before this time' }),
    sensor: string({ description: 'only this sensor; may be given again', multiple: true }),
  }

  async run(): Promise<WrittenRecording> {
    const { args, flags } = await this.parse(RecordingsCut)
    const { cutRecording } = await import('../../recordings/cut-recording.js')
    const progress = new ProgressLine(process.stderr)
    const written = await cutRecording({
      folder: args.recording,
      out: args.out,
      sensors: flags.sensor ?? [],
      ...(flags.from === undefined ? {} : { from: flags.from }),
      ...(flags.to === undefined ? {} : { to: flags.to }),
      signal: this.stop.signal,
      progress: progress.show,
    }).finally(() => progress.clear())
    this.say(formatWritten(written))
    return written
  }
}
