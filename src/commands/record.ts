import { boolean, string } from '@oclif/core/flags'
import { acquire } from '../acquisition/acquire.js'
import { resolveSensors } from '../acquisition/resolve-sensors.js'
import { BaseCommand } from '../cli/base-command.js'
import { clockComparison } from '../cli/compare-clock.js'
import { durationFlag } from '../cli/duration-flag.js'
import { keepRecording } from '../cli/keep-recording.js'
import { recordingFlags } from '../cli/recording-flags.js'
import { sinkFlags, sinksNamed } from '../cli/sink-flags.js'
import { targetArgs } from '../cli/target-args.js'
import { targetFlags } from '../cli/target-flags.js'
import { formatRecordingSummary, type RecordingSummary, summaryOf } from '../output/recording-summary.js'
import { loadSite } from '../site/load-site.js'

export default class Record extends BaseCommand {
  static override readonly summary = 'record sensors to a folder of Parquet parts'
  static override readonly description =
    `Records without a screen until --for is over or somebody stops it. Everything up to the last flush (--flush) survives a kill.
Ctrl-C ends it in order and with exit code 0, or 130 when --for had asked for longer.`
  static override readonly examples = [
    '<%= config.bin %> record --site chatterfix.yaml --out run-1 --for 30s',
    '<%= config.bin %> record mqtt://10.0.0.5 --out run-2',
    '<%= config.bin %> record --out run-3 --to influx://10.0.0.8:8086/plant --spool-mb 1000',
  ]
  static override readonly strict = false
  static override readonly args = targetArgs
  static override readonly flags = {
    ...targetFlags,
    out: string({ description: 'the folder of the recording; must not hold another one', required: true }),
    for: durationFlag({ description: 'how long; until stopped where it is missing' }),
    ...recordingFlags,
    ...sinkFlags,
    'keep-trying': boolean({ description: 'start even where nobody can be reached yet, and keep knocking' }),
  }

  async run(): Promise<RecordingSummary> {
    const { argv, flags } = await this.parse(Record)
    const around = this.around({ timeoutMs: flags.timeout })
    const recording = await keepRecording(flags.out, flags, around)
    const beside = await sinksNamed(flags, around)
    const resolved = await resolveSensors(argv as string[], { site: () => loadSite(flags.site), around })
    this.mention(`recording ${resolved.sensors.length} sensors into ${flags.out}${flags.for === undefined ? '; Ctrl-C ends it' : ''}`)
    const report = await acquire({
      ...resolved,
      purpose: `record ${argv.join(' ')}`.trim(),
      tool: `chatterfix ${this.config.version}`,
      sinks: [recording.sink, ...beside],
      around,
      compareClock: clockComparison(flags.ntp, around),
      startUp: flags['keep-trying'] ? 'keep-trying' : 'fail-if-none',
      ...(flags.for === undefined ? {} : { durationMs: flags.for }),
    })
    const summary = summaryOf(flags.out, { report, parts: recording.progress().parts })
    this.say(formatRecordingSummary(summary))
    this.endAs(report)
    if (flags.for !== undefined) this.endInterrupted()
    return summary
  }
}
