import process from 'node:process'
import { boolean, string } from '@oclif/core/flags'
import { resolveSensors } from '../acquisition/resolve-sensors.js'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { recordingFlags } from '../cli/recording-flags.js'
import { screenFlags, screenWishes } from '../cli/screen-flags.js'
import { sinkFlags, sinksNamed } from '../cli/sink-flags.js'
import { targetArgs } from '../cli/target-args.js'
import { targetFlags } from '../cli/target-flags.js'
import { watchRecording } from '../cli/watch-recording.js'
import { watchRoad } from '../cli/watch-road.js'
import { chooseOutput } from '../output/choose-output.js'
import { summaryOf } from '../output/recording-summary.js'
import { formatWatchSummary, type WatchSummary, watchSummaryOf } from '../output/watch-summary.js'
import { loadSite } from '../site/load-site.js'

export default class Watch extends BaseCommand {
  static override readonly summary = 'live dashboard; plain lines when there is no terminal'
  static override readonly description =
    `Shows values as they come: a dashboard on a terminal (? lists its keys), one line a reading in a pipe or file.
With --record everything is recorded as well; q ends both in order.`
  static override readonly examples = [
    '<%= config.bin %> watch --site chatterfix.yaml',
    '<%= config.bin %> watch mqtt://10.0.0.5 --for 20s',
    '<%= config.bin %> watch opc.tcp://10.0.0.9:4840 --jsonl | jq \'select(.type == "reading") | .value\'',
  ]
  static override readonly strict = false
  static override readonly args = targetArgs
  static override readonly flags = {
    ...targetFlags,
    for: durationFlag({ description: 'how long; until somebody quits where it is missing' }),
    jsonl: boolean({ description: 'one JSON object a line, also on a terminal' }),
    record: string({ description: 'record into this folder as well', helpValue: 'DIR' }),
    ...recordingFlags,
    ...sinkFlags,
    ...screenFlags,
  }

  async run(): Promise<WatchSummary> {
    const { argv, flags } = await this.parse(Watch)
    const around = this.around({ timeoutMs: flags.timeout })
    const resolved = await resolveSensors(argv as string[], { site: () => loadSite(flags.site), around })
    const asked = flags.jsonl ? 'jsonl' : 'nothing'
    const output = this.jsonEnabled() ? 'nothing' : chooseOutput({ stdout: process.stdout, env: process.env, asked })
    const recording = flags.record === undefined ? undefined : await watchRecording(flags.record, flags, around)
    const report = await watchRoad(
      {
        ...resolved,
        purpose: `watch ${argv.join(' ')}`.trim(),
        tool: `chatterfix ${this.config.version}`,
        around,
        ...(flags.for === undefined ? {} : { durationMs: flags.for }),
      },
      { output, ...screenWishes(flags), recording, beside: (world) => sinksNamed(flags, world) },
    )
    const summary = watchSummaryOf(report, recording ? summaryOf(recording.path, { report, parts: recording.parts() }) : null)
    // A pipe gets its lines and nothing else; whoever recorded wants to know where.
    if (output === 'dashboard' || recording || flags.to.length > 0) this.mention(formatWatchSummary(summary))
    // oclif waits for a flush that a broken pipe never grants.
    if (report.reader === 'gone') this.exit(0)
    if (flags.for !== undefined) this.endInterrupted()
    return summary
  }
}
