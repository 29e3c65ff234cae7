import { createReadStream } from 'node:fs'
import {
  BIGINT,
  DOUBLE,
  type DuckDBAppender,
  DuckDBTimestampValue,
  type DuckDBValue,
  LIST,
  listValue,
  TIMESTAMP,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api'
import { refuseWhenAborted } from '../recordings/interruptible-run.js'
import type { ImportJob } from './import-job.js'
import { importInvalid, importUnclear } from './import-problem.js'
import { endOfLine, LineProtocolError, parsePoint } from './line-protocol/parse-point.js'
import { rowsOfPoint } from './line-protocol/rows-of-point.js'

const LONGEST_LINE = 16 * 1024 * 1024
const FLUSH_ROWS = 50_000
/** Units of the timestamp in one microsecond, as a fraction. */
const PRECISIONS: Readonly<Record<string, readonly [times: bigint, by: bigint]>> = {
  'unix-ns': [1n, 1000n],
  'unix-us': [1n, 1n],
  'unix-ms': [1000n, 1n],
  'unix-s': [1_000_000n, 1n],
}

/** InfluxDB line protocol: our own lines, or any. Loads DuckDB: import this file by `import()`. @throws Fault IMPORT_INVALID with line and column, IMPORT_UNCLEAR, INTERRUPTED. */
export async function importLineProtocol(job: ImportJob, path: string): Promise<void> {
  const precision = PRECISIONS[job.mapping.timeFormat ?? 'unix-ns']
  if (precision === undefined) throw importUnclear(path, 'the timestamps of line protocol are integers', '--time-format unix-ns')
  const stage = await StageRows.open(job)
  try {
    let rest = ''
    let line = 1
    const take = (text: string) => {
      stage.add(text, { path, line, precision })
      line += 1 + (text.match(/\n/g)?.length ?? 0)
    }
    for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: 1024 * 1024 })) {
      refuseWhenAborted(job.signal)
      const text = rest + String(piece)
      let from = 0
      for (let end = endOfLine(text, from); end >= 0; end = endOfLine(text, from)) {
        take(text.slice(from, end).replace(/\r$/, ''))
        from = end + 1
      }
      rest = text.slice(from)
      if (rest.length > LONGEST_LINE) throw importInvalid(path, `a line is longer than ${LONGEST_LINE} characters`, { line: String(line) })
      job.progress({ done: line, total: 0, what: 'lines' })
    }
    if (rest !== '') take(rest)
  } finally {
    stage.close()
  }
  if (stage.finerThanMicros > 0)
    job.left.push({
      what: 'timestamps',
      count: stage.finerThanMicros,
      because: 'their nanoseconds were cut off; times are kept in microseconds',
    })
}

interface Place {
  readonly path: string
  readonly line: number
  readonly precision: readonly [times: bigint, by: bigint]
}

const TEXTS = LIST(VARCHAR)
const TYPES = {
  readings: [TIMESTAMP, TIMESTAMP, VARCHAR, DOUBLE, VARCHAR, VARCHAR, UTINYINT],
  events: [TIMESTAMP, VARCHAR, VARCHAR, VARCHAR, TEXTS],
  gaps: [TIMESTAMP, TIMESTAMP, TEXTS, VARCHAR, BIGINT],
} as const
type Appenders = Readonly<Record<'readings' | 'events' | 'gaps', DuckDBAppender>>

class StageRows {
  finerThanMicros = 0
  readonly #appenders: Appenders
  #rows = 0

  static async open({ connection }: ImportJob): Promise<StageRows> {
    const [readings, events, gaps] = await Promise.all(
      ['readings', 'events', 'gaps'].map((table) => connection.createAppender(table, 'main', 'stage')),
    )
    if (readings === undefined || events === undefined || gaps === undefined) throw new TypeError('three tables, three appenders')
    return new StageRows({ readings, events, gaps })
  }

  constructor(appenders: Appenders) {
    this.#appenders = appenders
  }

  add(text: string, place: Place): void {
    const { path, line, precision } = place
    try {
      const point = parsePoint(text)
      if (point === null) return
      if (point.timestamp === null) throw new LineProtocolError('there is no timestamp', text.length)
      const ticks = BigInt(point.timestamp) * precision[0]
      if (ticks % precision[1] !== 0n) this.finerThanMicros++
      const at = new DuckDBTimestampValue(floorDivided(ticks, precision[1]))
      for (const row of rowsOfPoint(point)) {
        if (row.table === 'readings') {
          const received = row.receivedMicros === null ? at : new DuckDBTimestampValue(row.receivedMicros)
          this.#append('readings', [at, received, row.sensor, row.value, row.unit, row.text, row.quality])
        } else if (row.table === 'events') this.#append('events', [at, row.event, row.severity, row.text, listValue([...row.sensors])])
        else this.#append('gaps', [at, new DuckDBTimestampValue(row.toMicros), listValue([...row.sensors]), row.cause, row.missing])
      }
    } catch (thrown) {
      if (!(thrown instanceof LineProtocolError)) throw thrown
      throw importInvalid(path, thrown.message, { line: String(line), column: String(thrown.at + 1) })
    }
  }

  close(): void {
    for (const appender of Object.values(this.#appenders)) appender.closeSync()
  }

  #append(table: 'readings' | 'events' | 'gaps', cells: readonly DuckDBValue[]): void {
    const appender = this.#appenders[table]
    cells.forEach((cell, i) => (cell === null ? appender.appendNull() : appender.appendValue(cell, TYPES[table][i])))
    appender.endRow()
    if (++this.#rows % FLUSH_ROWS === 0) appender.flushSync()
  }
}

function floorDivided(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value % by < 0n ? quotient - 1n : quotient
}
