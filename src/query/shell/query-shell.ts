import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { Fault, reasonOf } from '../../faults/fault.js'
import type { ChartStyle } from '../../output/curve-chart.js'
import { formatFault, reportFault } from '../../output/fault-report.js'
import { terminalSafe } from '../../output/terminal-safe.js'
import type { RecordingQuestion } from '../../recordings/ask-recordings.js'
import type { JsonValue } from '../../recordings/json-value.js'
import { queryRecording } from '../../recordings/query-recording.js'
import { VIEW_NAMES } from '../../recordings/recording-tables.js'
import { VIEW_COLUMN_NAMES } from '../../recordings/statement-fault.js'
import { printAnswer, writerOf } from '../answer-query.js'
import type { ResultFormat } from '../result-format.js'
import { StreamDrain } from '../text-drain.js'
import type { WriteLines } from '../write-lines.js'
import { plotWriter } from '../write-plot.js'
import { completeSql, type SqlWords } from './complete-sql.js'
import { DOT_COMMANDS, DOT_HELP, parseDotCommand } from './dot-command.js'
import type { QueryHistory } from './query-history.js'
import { scanStatement } from './statement-text.js'

export interface ShellSurroundings {
  readonly input: Readable
  readonly output: Writable
  readonly history: QueryHistory
  /** Asked anew for each chart: windows change. */
  readonly chartStyle: () => ChartStyle
  /** Ends the shell from outside. */
  readonly signal: AbortSignal
}

const PROMPT = 'chatterfix> '
const CONTINUED = '        ... '
const MAX_SENSORS = 10_000
const MAX_STATEMENT_LENGTH = 1_000_000

/** Asks recordings statement by statement until its user leaves. Each statement sees the recordings as they are when it is asked. */
export async function runQueryShell(question: Omit<RecordingQuestion, 'sql' | 'signal'>, around: ShellSurroundings): Promise<void> {
  const { rows } = await queryRecording({
    ...question,
    sql: `SELECT DISTINCT sensor FROM sensors ORDER BY 1 LIMIT ${MAX_SENSORS}`,
    signal: around.signal,
  })
  const names = [...VIEW_NAMES, ...VIEW_COLUMN_NAMES, 'recording']
  const words = { names, sensors: rows.map((row) => textOf(row['sensor'])), commands: DOT_COMMANDS }
  const recordings = question.folders.length === 1 ? terminalSafe(question.folders[0] ?? '') : `${question.folders.length} recordings`
  around.output.write(`${recordings}: ${rows.length} sensors. Statements end with ;  .help tells more, Ctrl-D leaves.\n`)
  await new QueryShell(question, words, around).run()
}

class QueryShell {
  readonly #around: ShellSurroundings
  readonly #lines: Interface
  #question: Omit<RecordingQuestion, 'sql' | 'signal'>
  #format: ResultFormat = 'table'
  /** Lines of a statement that has not ended. */
  #begun = ''
  #lastSql = ''
  #running: AbortController | null = null
  /** What was typed while a query ran waits for it. */
  #tail: Promise<void> = Promise.resolve()
  #isLeaving = false
  /** The newest first, as readline wants it; and readline's own array, which has the single lines as well. */
  readonly #asked: string[]
  #shown: string[] = []

  constructor(question: Omit<RecordingQuestion, 'sql' | 'signal'>, words: SqlWords, around: ShellSurroundings) {
    this.#question = question
    this.#around = around
    this.#asked = around.history.entries.flatMap(recalled).toReversed()
    this.#lines = createInterface({
      input: around.input,
      output: around.output,
      terminal: true,
      prompt: PROMPT,
      history: [...this.#asked],
      historySize: 1000,
      completer: (line: string) => completeSql(this.#begun, line, words),
    })
  }

  async run(): Promise<void> {
    const { signal } = this.#around
    const leave = (): void => this.#lines.close()
    signal.addEventListener('abort', leave, { once: true })
    this.#lines.on('SIGINT', () => this.#stop())
    this.#lines.on('history', (shown: string[]) => {
      this.#shown = shown
      this.#showHistory()
    })
    this.#lines.on('line', (line) => {
      this.#tail = this.#tail.then(() => this.#take(line)).catch((thrown: unknown) => this.#tell(thrown))
    })
    const closed = new Promise<void>((resolve) => this.#lines.once('close', resolve))
    this.#lines.prompt()
    await closed
    this.#isLeaving = true
    this.#running?.abort()
    signal.removeEventListener('abort', leave)
    await this.#tail
    this.#around.output.write('\n')
  }

  /** Ctrl-C: the query that runs, else what was typed. */
  #stop(): void {
    if (this.#running !== null) return this.#running.abort()
    this.#begun = ''
    // Readline keeps the line: its own keys empty it.
    this.#lines.write(null, { ctrl: true, name: 'e' })
    this.#lines.write(null, { ctrl: true, name: 'u' })
    this.#around.output.write('^C\n')
    this.#prompt()
  }

  async #take(line: string): Promise<void> {
    if (this.#isLeaving) return
    if (this.#begun === '' && line.trimStart().startsWith('.')) await this.#obey(line.trim())
    else await this.#takeSql(line)
    this.#prompt()
  }

  async #takeSql(line: string): Promise<void> {
    this.#begun += this.#begun === '' ? line : `\n${line}`
    if (this.#begun.length > MAX_STATEMENT_LENGTH) this.#begun = ''
    for (let found = scanStatement(this.#begun); found.statement !== null; found = scanStatement(this.#begun)) {
      this.#begun = found.rest.trimStart()
      const sql = found.statement.trim()
      if (sql === '' || this.#isLeaving) continue
      await this.#remember(`${sql};`)
      await this.#ask(sql, writerOf(this.#format))
    }
  }

  async #obey(line: string): Promise<void> {
    const command = parseDotCommand(line)
    await this.#remember(line)
    switch (command.kind) {
      case 'help':
        return this.#say(DOT_HELP)
      case 'views':
        return await this.#views()
      case 'quit':
        return this.#lines.close()
      case 'format':
        this.#format = command.format
        return
      case 'timeout':
        this.#question = { ...this.#question, timeoutMs: command.timeoutMs }
        return
      case 'plot': {
        const sql = command.sql === '' ? this.#lastSql : command.sql
        return sql === ''
          ? this.#say('.plot SELECT time, sensor, value, unit FROM readings')
          : await this.#ask(sql, plotWriter(this.#around.chartStyle()))
      }
      case 'wrong':
        return this.#say(command.message)
    }
  }

  async #views(): Promise<void> {
    const sql = `SELECT table_name AS name, string_agg(column_name, ', ' ORDER BY ordinal_position) AS columns
      FROM information_schema.columns GROUP BY 1 ORDER BY 1`
    const { rows } = await queryRecording({ ...this.#question, sql })
    for (const { name, columns } of rows) this.#say(`${textOf(name)}(${textOf(columns)})`)
  }

  async #ask(sql: string, write: WriteLines): Promise<void> {
    this.#lastSql = sql
    const running = new AbortController()
    this.#running = running
    const begunMs = performance.now()
    try {
      using drain = new StreamDrain(this.#around.output)
      const { warnings } = await printAnswer({ ...this.#question, sql, signal: running.signal }, write, drain)
      for (const warning of warnings) this.#say(`warning  ${terminalSafe(warning)}`)
      this.#say(`${((performance.now() - begunMs) / 1000).toFixed(2)} s`)
    } catch (thrown) {
      this.#tell(thrown)
    } finally {
      this.#running = null
    }
  }

  #tell(thrown: unknown): void {
    if (thrown instanceof Fault && thrown.code === 'INTERRUPTED') return this.#say('stopped')
    const fault = thrown instanceof Fault ? thrown : new Fault('BUG', { message: reasonOf(thrown), cause: thrown })
    // What to try on a command line is no help in here.
    this.#say(formatFault({ ...reportFault(fault), try: [] }))
  }

  async #remember(entry: string): Promise<void> {
    const entries = recalled(entry)
    if (entries.length === 1 && entries[0] === this.#asked[0]) return
    this.#asked.unshift(...entries.toReversed())
    this.#showHistory()
    await this.#around.history.add(entry)
  }

  /** Statements are called back whole, not line by line. */
  #showHistory(): void {
    this.#shown.splice(0, this.#shown.length, ...this.#asked.slice(0, 1000))
  }

  #prompt(): void {
    if (this.#isLeaving) return
    this.#lines.setPrompt(this.#begun === '' ? PROMPT : CONTINUED)
    this.#lines.prompt()
  }

  #say(text: string): void {
    this.#around.output.write(`${text}\n`)
  }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

/** A statement as one line, as readline can show it; where a comment ends with its line, as several. */
function recalled(entry: string): string[] {
  const lines = entry.split('\n').map((line) => line.trim())
  return lines.some((line) => line.includes('--')) ? lines : [lines.join(' ')]
}
