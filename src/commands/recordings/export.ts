import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { boolean, option, string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { ProgressLine } from '../../cli/progress-line.js'
import { timeFlag } from '../../cli/time-flag.js'
import { EXCHANGE_FORMAT_NAMES } from '../../exchange/exchange-format.js'
import type { ExportSummary } from '../../exchange/export-recording.js'
import { formatExport } from '../../output/exchange-summary.js'

export default class RecordingsExport extends BaseCommand {
  static override readonly summary = 'write a recording as files that other programs read'
  static override readonly description =
    `The format follows from the ending of the name: .csv .parquet .jsonl .duckdb .lp (InfluxDB) .xlsx for all rows, .wav .mat .uff .f32 for waveforms.
CSV and Parquet put events, gaps, sensors and waveforms beside the file (run.events.csv). What a format cannot carry is counted and told.`
  static override readonly examples = [
    '<%= config.bin %> recordings export run-1 --out run-1.csv',
    '<%= config.bin %> recordings export run-1 --out bearing.wav --sensor pump-247/drive-end-acceleration',
    '<%= config.bin %> recordings export run-1 --out monday.parquet --from 2026-11-23T00:00:00Z --to 2026-11-24T00:00:00Z',
  ]
  static override readonly args = { recording: argument({ description: 'the folder of the recording', required: true }) }
  static override readonly flags = {
    out: string({ description: 'the file to write', required: true }),
    format: option({ options: EXCHANGE_FORMAT_NAMES, description: 'the format, where the name does not say it' })(),
    sensor: string({ description: 'only this sensor; may be given again', multiple: true }),
    from: timeFlag({ description: 'only from this time on' }),
    to: timeFlag({ description: 'only before this time' }),
    force: boolean({ description: 'replace files that are there' }),
  }

  async run(): Promise<ExportSummary> {
    const { args, flags } = await this.parse(RecordingsExport)
    const { exportRecording } = await import('../../exchange/export-recording.js')
    const progress = new ProgressLine(process.stderr)
    const summary = await exportRecording({
      folder: args.recording,
      to: flags.out,
      format: flags.format,
      selection: { sensors: flags.sensor ?? [], from: flags.from, to: flags.to },
      existing: flags.force ? 'replace' : 'refuse',
      signal: this.stop.signal,
      progress: progress.show,
    }).finally(() => progress.clear())
    this.say(formatExport(summary))
    return summary
  }
}
