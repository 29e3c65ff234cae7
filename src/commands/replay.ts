import { dirname, resolve } from 'node:path'
import process from 'node:process'
import { string } from '@oclif/core/args'
import { boolean, string as text } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.js'
import { screenFlags, screenWishes } from '../cli/screen-flags.js'
import { speedOf } from '../cli/speed-of.js'
import { timeFlag } from '../cli/time-flag.js'
import { watchRoad } from '../cli/watch-road.js'
import { chooseOutput } from '../output/choose-output.js'
import { formatWatchSummary, type WatchSummary, watchSummaryOf } from '../output/watch-summary.js'
import { ReplayPace } from '../readings/replay-pace.js'

export default class Replay extends BaseCommand {
  static override readonly summary = 'a recording as if it were live'
  static override readonly description =
    'Shows a recording with the same dashboard, lines or JSON Lines as live sensors: readings, waveforms, gaps and events in the order of their times, the same each time.'
  static override readonly examples = [
    '<%= config.bin %> replay run-1 --speed 10',
    '<%= config.bin %> replay run-1 --speed max --jsonl',
    '<%= config.bin %> replay run-1 --from 2026-11-22T15:00:00Z --to 2026-11-22T15:05:00Z',
  ]
  static override readonly args = { recording: string({ description: 'the folder of the recording', required: true }) }
  static override readonly flags = {
    speed: text({ description: 'recorded seconds per second, or max', default: '1', helpValue: '<1|10|max>' }),
    from: timeFlag({ description: 'only what was recorded from this time on' }),
    to: timeFlag({ description: 'only what was recorded before this time' }),
    jsonl: boolean({ description: 'one JSON object a line, also on a terminal' }),
    ...screenFlags,
  }

  async run(): Promise<WatchSummary> {
    const { args, flags } = await this.parse(Replay)
    const { replaySensors } = await import('../recordings/replay-sensors.js')
    const speed = speedOf(flags.speed)
    const around = this.around()
    const asked = flags.jsonl ? 'jsonl' : 'nothing'
    const output = this.jsonEnabled() ? 'nothing' : chooseOutput({ stdout: process.stdout, env: process.env, asked })
    const report = await watchRoad(
      {
        ...(await replaySensors(args.recording, { speed, from: flags.from, to: flags.to })),
        purpose: `replay ${args.recording}`,
        tool: `chatterfix ${this.config.version}`,
        around,
      },
      {
        output,
        ...screenWishes(flags),
        ...(output === 'dashboard' ? { pace: new ReplayPace(around.clock, speed) } : {}),
        recording: undefined,
        recordingsFolder: dirname(resolve(args.recording)),
      },
    )
    const summary = watchSummaryOf(report, null)
    this.mention(formatWatchSummary(summary))
    this.endAs(report)
    this.endInterrupted()
    return summary
  }
}
