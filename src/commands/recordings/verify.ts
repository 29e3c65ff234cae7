import { string } from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.js'
import { EXIT } from '../../faults/exit-code.js'
import { formatVerdict } from '../../output/recording-list.js'
import type { RecordingVerdict } from '../../recordings/verify-recording.js'

export default class RecordingsVerify extends BaseCommand {
  static override readonly summary = 'read every byte of a recording and say whether it is whole'
  static override readonly description =
    `Checks the sum of every file, reads every part, and holds the counts together: produced = stored + buffered + dropped + pruned.
The exit code is 6 when something is damaged. An interruption is no damage: it says what can be lost at most.`
  static override readonly examples = ['<%= config.bin %> recordings verify run-1 --json']
  static override readonly args = { recording: string({ description: 'the folder of the recording', required: true }) }

  async run(): Promise<RecordingVerdict> {
    const { args } = await this.parse(RecordingsVerify)
    const { verifyRecording } = await import('../../recordings/verify-recording.js')
    const verdict = await verifyRecording(args.recording)
    this.say(formatVerdict(verdict))
    if (!verdict.ok) this.endWith(EXIT.data)
    return verdict
  }
}
