import process from 'node:process'
import { string as stringArg } from '@oclif/core/args'
import { BaseCommand } from '../cli/base-command.js'
import { type QueryWishes, queryFlags } from '../cli/query-flags.js'
import { formatSavedAnswer } from '../output/query-table.js'
import { terminalSafe } from '../output/terminal-safe.js'
import type { SavedAnswer } from '../query/answer-query.js'
import { resultFormat } from '../query/result-format.js'
import { StreamDrain } from '../query/text-drain.js'
import type { Answered, RecordingQuestion } from '../recordings/ask-recordings.js'
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
    const limits = { folders, timeoutMs: flags.timeout, memoryLimitMb: flags['memory-mb'], signal: this.stop.signal }
    const sql = args.sql ?? (await (await import('../cli/read-sql.js')).readSql(process.stdin))
    const { answer, warnings } = await this.#answer({ ...limits, sql }, flags)
    for (const warning of [...leftOut, ...warnings]) process.stderr.write(`warning  ${terminalSafe(warning)}\n`)
    return answer
  }

  async #answer(
    question: RecordingQuestion,
    { out, format: stated, force }: QueryWishes,
  ): Promise<Answered<QueryResult['rows'] | SavedAnswer | undefined>> {
    if (this.jsonEnabled() && out === undefined) {
      const { queryRecording } = await import('../recordings/query-recording.js')
      const { rows, warnings } = await queryRecording(question)
      return { answer: rows, warnings }
    }
    const format = resultFormat(stated, out)
    const { printAnswer, saveAnswer } = await import('../query/answer-query.js')
    if (out !== undefined) {
      const saved = await saveAnswer(question, { path: out, format, existing: force ? 'replace' : 'refuse' })
      this.say(formatSavedAnswer(saved.answer))
      return saved
    }
    using stdout = new StreamDrain(process.stdout)
    const { warnings } = await printAnswer(question, format, stdout)
    return { answer: undefined, warnings }
  }
}
