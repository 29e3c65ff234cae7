import process from 'node:process'
import { string as stringArg } from '@oclif/core/args'
import { BaseCommand } from '../cli/base-command.js'
import { queryFlags } from '../cli/query-flags.js'
import { readSql } from '../cli/read-sql.js'
import { terminalSafe } from '../output/terminal-safe.js'
import type { SavedAnswer } from '../query/answer-query.js'
import type { QueryResult } from '../recordings/query-recording.js'

export default class Query extends BaseCommand {
  static override readonly summary = 'ask recordings in SQL'
  static override readonly description =
    `One SELECT, by DuckDB, read-only: it sees these recordings and nothing else of this machine. Without SQL a shell opens; without a terminal the SQL is read from the standard input. Views:
readings(time, sensor, value, unit, quality, reason, text, received, recording)
waveforms(time, sensor, sample_rate_hz, samples, unit, quality, sequence, fragment, …) · blocks(time, sensor, rms, peak, crest, …)
minutes, hours, days(time, sensor, count, valid_share, min, max, mean, first, last, unit, …)
sensors(sensor, address, kind, unit, asset, …) · events(time, event, severity, text, sensors) · gaps(from_time, to_time, sensors, cause, missing)`
  static override readonly examples = [
    '<%= config.bin %> query "select sensor, count(*), avg(value) from readings group by all" --recording run-1',
    '<%= config.bin %> query "select time, sensor, value, unit from readings" --recording run-1 --plot',
    '<%= config.bin %> query "select * from hours" --all /data --out hours.csv',
    '<%= config.bin %> query --recording run-1',
  ]
  static override readonly args = { sql: stringArg({ description: 'the SELECT' }) }
  static override readonly flags = queryFlags

  async run(): Promise<QueryResult['rows'] | SavedAnswer | undefined> {
    const { args, flags } = await this.parse(Query)
    const { chooseRecordings } = await import('../query/choose-recordings.js')
    const { folders, leftOut } = await chooseRecordings({ named: flags.recording ?? [], roots: flags.all ?? [] })
    warn(leftOut)
    const limits = { folders, timeoutMs: flags.timeout, memoryLimitMb: flags['memory-mb'] }
    if (args.sql === undefined && !this.jsonEnabled()) {
      const { openQueryShell, wantsShell } = await import('../cli/open-query-shell.js')
      if (wantsShell(flags)) {
        await openQueryShell(limits, flags, this.stop.signal)
        return undefined
      }
    }
    const sql = args.sql ?? (await readSql(process.stdin))
    const question = { ...limits, sql, signal: this.stop.signal }
    if (this.jsonEnabled() && flags.out === undefined) {
      const { queryRecording } = await import('../recordings/query-recording.js')
      const { rows, warnings } = await queryRecording(question)
      warn(warnings)
      return rows
    }
    const { answerQuery } = await import('../cli/answer-query.js')
    const { answer, warnings } = await answerQuery(question, flags, (text) => this.say(text))
    warn(warnings)
    return answer
  }
}

function warn(warnings: readonly string[]): void {
  for (const warning of warnings) process.stderr.write(`warning  ${terminalSafe(warning)}\n`)
}
