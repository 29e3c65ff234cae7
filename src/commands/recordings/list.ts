import { string } from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.js'
import { formatRecordingList } from '../../output/recording-list.js'
import type { RecordingSummary } from '../../recordings/list-recordings.js'

export default class RecordingsList extends BaseCommand {
  static override readonly summary = 'the recordings below a folder'
  static override readonly description =
    'Looks three folders deep. An interrupted recording is whole up to its last flush; `show` says more.'
  static override readonly examples = ['<%= config.bin %> recordings list', '<%= config.bin %> recordings list /data --json']
  static override readonly args = { root: string({ description: 'where to look', default: '.' }) }

  async run(): Promise<{ readonly schema: 'chatterfix/recordings/1'; readonly recordings: readonly RecordingSummary[] }> {
    const { args } = await this.parse(RecordingsList)
    const { listRecordings } = await import('../../recordings/list-recordings.js')
    const recordings = await listRecordings(args.root)
    this.say(formatRecordingList(recordings))
    return { schema: 'chatterfix/recordings/1', recordings }
  }
}
