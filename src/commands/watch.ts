import process from 'node:process'
import { boolean, string } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { recordingFlags } from '../cli/recording-flags.js'
import { screenFlags } from '../cli/screen-flags.js'
import { sinkFlags } from '../cli/sink-flags.js'
import { targetArgs } from '../cli/target-args.js'
import { targetFlags } from '../cli/target-flags.js'
import { watchTargets } from '../cli/watch-targets.js'
import { chooseOutput } from '../output/choose-output.js'
import { formatWatchSummary, type WatchSummary } from '../output/watch-summary.js'

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
    'keep-recording': boolean({
      description: 'the recording goes on when the dashboard is left or the terminal is gone; Ctrl-C or a kill then ends it',
      dependsOn: ['record'],
    }),
    'allow-write': boolean({
      description: 'the dashboard may write, guarded like write: old and new value shown, the name of the device typed, read back',
    }),
    ...recordingFlags,
    ...sinkFlags,
    ...screenFlags,
  }

  async run(): Promise<WatchSummary> {
    const { argv, flags } = await this.parse(Watch)
    const asked = flags.jsonl ? 'jsonl' : 'nothing'
    const output = this.jsonEnabled() ? 'nothing' : chooseOutput({ stdout: process.stdout, env: process.env, asked })
    const { report, summary } = await watchTargets({
      targets: argv as string[],
      flags,
      around: this.around({ timeoutMs: flags.timeout }),
      output,
      outlive: { outliveTerminal: () => this.stop.outliveTerminal(), mention: (text) => this.mention(text) },
      tool: `chatterfix ${this.config.version}`,
    })
    // A pipe gets its lines and nothing else; whoever recorded wants to know where.
    if (output === 'dashboard' || summary.recording || flags.to.length > 0) this.mention(formatWatchSummary(summary))
    // oclif waits for a flush that a broken pipe never grants.
    if (report.reader === 'gone') this.exit(0)
    if (flags.for !== undefined) this.endInterrupted()
    return summary
  }
}
