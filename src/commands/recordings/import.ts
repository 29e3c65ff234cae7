import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { integer, option, string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { durationFlag } from '../../cli/duration-flag.js'
import { mappingFlags, mappingOf } from '../../cli/mapping-flags.js'
import { ProgressLine } from '../../cli/progress-line.js'
import { EXCHANGE_FORMAT_NAMES } from '../../exchange/exchange-format.js'
import type { ImportSummary } from '../../exchange/import-files.js'
import { formatImport } from '../../output/exchange-summary.js'

export default class RecordingsImport extends BaseCommand {
  static override readonly summary = 'make a recording out of files of other programs'
  static override readonly description =
    `Reads what \`recordings export\` writes, and CSV, Excel, Parquet and DuckDB tables of others when told what their columns mean, line protocol, WAV, MAT, universal files and raw samples.
Units, time zones, sample rates and start times are taken from the file or these flags, never assumed. Foreign Parquet and DuckDB files are read in a process with limits.`
  static override readonly examples = [
    '<%= config.bin %> recordings import run-1.csv run-1.sensors.csv run-1.events.csv --out run-1',
    "<%= config.bin %> recordings import log.csv --time Zeit --time-format '%d.%m.%Y %H:%M:%S' --zone Europe/Berlin --wide --unit °C --delimiter ';' --decimal-comma --out run-2",
    '<%= config.bin %> recordings import 97.mat --rate 48000 --start 2026-11-22T15:00:00Z --unit g --out run-3',
  ]
  static override readonly strict = false
  static override readonly args = { file: argument({ description: 'the file; may be followed by others', required: true }) }
  static override readonly flags = {
    out: string({ description: 'the folder of the recording; must not exist', required: true }),
    format: option({ options: EXCHANGE_FORMAT_NAMES, description: 'the format, where the names do not say it' })(),
    ...mappingFlags,
    timeout: durationFlag({ description: 'how long reading one foreign Parquet or DuckDB file may take', default: 1_800_000 }),
    'memory-mb': integer({ description: 'how much memory that may take', default: 1024, min: 64 }),
  }

  async run(): Promise<ImportSummary> {
    const { argv, flags } = await this.parse(RecordingsImport)
    const { importFiles } = await import('../../exchange/import-files.js')
    const progress = new ProgressLine(process.stderr)
    const summary = await importFiles({
      files: argv as string[],
      out: flags.out,
      format: flags.format,
      mapping: mappingOf(flags),
      limits: { timeoutMs: flags.timeout, memoryMb: flags['memory-mb'] },
      tool: `chatterfix ${this.config.version}`,
      signal: this.stop.signal,
      progress: progress.show,
    }).finally(() => progress.clear())
    this.say(formatImport(summary))
    return summary
  }
}
