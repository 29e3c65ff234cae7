import { string as argument } from '@oclif/core/args'
import { string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { systemClock } from '../../cli/system-clock.js'
import { timeFlag } from '../../cli/time-flag.js'
import { Fault } from '../../faults/fault.js'
import { formatMarked } from '../../output/recording-changes.js'
import type { MarkedRecording } from '../../recordings/mark-recording.js'

const MAX_TEXT_LENGTH = 4096

export default class RecordingsMark extends BaseCommand {
  static override readonly summary = 'put a mark into a recording, also while it runs'
  static override readonly description =
    `A mark is an event with your words: "valve opened", "new bearing in". A program that records takes it with its next flush (a second), and this
command waits until it is on the disk; into a closed recording it is written at once.`
  static override readonly examples = [
    '<%= config.bin %> recordings mark run-1 "valve opened"',
    '<%= config.bin %> recordings mark run-1 "bearing changed" --at 2026-11-22T15:04:00Z --sensor pump-247/drive-end-acceleration',
  ]
  static override readonly args = {
    recording: argument({ description: 'the folder of the recording', required: true }),
    text: argument({ description: 'what happened', required: true }),
  }
  static override readonly flags = {
    at: timeFlag({ description: 'when it happened; now where it is missing' }),
    sensor: string({ description: 'the sensor that it concerns; may be given again', multiple: true }),
  }

  async run(): Promise<MarkedRecording> {
    const { args, flags } = await this.parse(RecordingsMark)
    const text = args.text.trim()
    if (text === '' || text.length > MAX_TEXT_LENGTH) {
      throw new Fault('USAGE', {
        message: text === '' ? 'a mark needs words' : `a mark has at most ${MAX_TEXT_LENGTH} characters, not ${text.length}`,
        advice: { help: 'chatterfix recordings mark run-1 "valve opened"' },
      })
    }
    const { markRecording } = await import('../../recordings/mark-recording.js')
    const now = systemClock.now()
    const mark = { at: flags.at ?? now, text, sensors: flags.sensor ?? [] }
    const marked = await markRecording(args.recording, mark, { now, signal: this.stop.signal })
    this.say(formatMarked(marked))
    return marked
  }
}
