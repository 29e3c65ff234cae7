import { string } from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.js'
import { formatRecordingDetails } from '../../output/recording-list.js'
import type { RecordingDetails } from '../../recordings/show-recording.js'

export default class RecordingsShow extends BaseCommand {
  static override readonly summary = 'what a recording holds'
  static override readonly examples = ['<%= config.bin %> recordings show run-1']
  static override readonly args = { recording: string({ description: 'the folder of the recording', required: true }) }

  async run(): Promise<RecordingDetails> {
    const { args } = await this.parse(RecordingsShow)
    const { showRecording } = await import('../../recordings/show-recording.js')
    const details = await showRecording(args.recording)
    this.say(formatRecordingDetails(details))
    return details
  }
}
