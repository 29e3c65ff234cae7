import { boolean, string } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { headlessFlags } from '../cli/headless-flags.js'
import { type PrintedUnit, printedUnit } from '../cli/print-unit.js'
import { recordTargets } from '../cli/record-targets.js'
import { recordingFlags } from '../cli/recording-flags.js'
import { sinkFlags } from '../cli/sink-flags.js'
import { targetArgs } from '../cli/target-args.js'
import { targetFlags } from '../cli/target-flags.js'
import { formatRecordingSummary, type RecordingSummary } from '../output/recording-summary.js'

export default class Record extends BaseCommand {
  static override readonly summary = 'record sensors to a folder of Parquet parts'
  static override readonly description =
    `Records without a screen until --for is over or somebody stops it. Everything up to the last flush (--flush) survives a kill.
Ctrl-C and SIGTERM end it in order and with exit code 0, or 130 when --for had asked for longer. SIGHUP reads the site file again:
sensors that stay as they are do not notice. Under systemd it says when it is ready, how it is doing, and that it is alive.`
  static override readonly examples = [
    '<%= config.bin %> record --site chatterfix.yaml --out run-1 --for 30s',
    '<%= config.bin %> record mqtt://10.0.0.5 --out run-2',
    "<%= config.bin %> record --out '/var/lib/chatterfix/run-{start}' --keep-trying --print-systemd",
    '<%= config.bin %> record --out run-3 --to influx://10.0.0.8:8086/plant --spool-mb 1000',
  ]
  static override readonly strict = false
  static override readonly args = targetArgs
  static override readonly flags = {
    ...targetFlags,
    out: string({
      description: 'the folder of the recording; must not hold a complete one; {start} in it becomes the time of the start',
      required: true,
    }),
    for: durationFlag({ description: 'how long; until stopped where it is missing' }),
    ...recordingFlags,
    ...sinkFlags,
    ...headlessFlags,
    'keep-trying': boolean({ description: 'start even where nobody can be reached yet, and keep knocking' }),
  }

  async run(): Promise<RecordingSummary | PrintedUnit> {
    const { argv, flags } = await this.parse(Record)
    const targets = argv as string[]
    if (flags['print-systemd']) {
      const printed = await printedUnit({ words: this.argv, targets, flags })
      this.say(printed.unit.trimEnd())
      for (const note of printed.notes) this.mention(`note: ${note}`)
      return printed
    }
    const { report, summary } = await recordTargets({
      targets,
      flags,
      around: this.around({ timeoutMs: flags.timeout }),
      stop: this.stop,
      tool: `chatterfix ${this.config.version}`,
      mention: (text) => this.mention(text),
    })
    this.say(formatRecordingSummary(summary))
    // Whoever stops a service wants to know whether it stopped, not how its lines were.
    if (this.stop.askedBy !== 'SIGTERM') this.endAs(report)
    if (flags.for !== undefined) this.endInterrupted()
    return summary
  }
}
