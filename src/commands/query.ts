import process from 'node:process'
import { string as stringArg } from '@oclif/core/args'
import { integer, string } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { formatQueryTable } from '../output/query-table.js'
import { terminalSafe } from '../output/terminal-safe.js'
import type { QueryResult } from '../recordings/query-recording.js'

export default class Query extends BaseCommand {
  static override readonly summary = 'ask recordings in SQL'
  static override readonly description =
    `One SELECT, by DuckDB, read-only: it sees these recordings and nothing else of this machine. Views:
readings(time, sensor, value, unit, quality, reason, text, received, recording)
waveforms(time, sensor, sample_rate_hz, samples, unit, quality, sequence, fragment, …)
sensors(sensor, address, kind, unit, asset, …) · events(time, event, severity, text, sensors) · gaps(from_time, to_time, sensors, cause, missing)`
  static override readonly examples = [
    '<%= config.bin %> query "select sensor, count(*), avg(value) from readings group by all" --recording run-1',
    '<%= config.bin %> query "describe readings" --recording run-1 --json',
  ]
  static override readonly args = { sql: stringArg({ description: 'the SELECT', required: true }) }
  static override readonly flags = {
    recording: string({ char: 'r', description: 'the folder of a recording; may be given again', required: true, multiple: true }),
    timeout: durationFlag({ description: 'how long it may take', default: 60_000 }),
    'memory-mb': integer({ description: 'how much memory DuckDB may use', default: 1024, min: 64 }),
  }

  async run(): Promise<QueryResult['rows']> {
    const { args, flags } = await this.parse(Query)
    const { queryRecording } = await import('../recordings/query-recording.js')
    const result = await queryRecording({
      folders: flags.recording,
      sql: args.sql,
      timeoutMs: flags.timeout,
      memoryLimitMb: flags['memory-mb'],
      signal: this.stop.signal,
    })
    for (const warning of result.warnings) process.stderr.write(`warning  ${terminalSafe(warning)}\n`)
    this.say(formatQueryTable(result))
    return result.rows
  }
}
