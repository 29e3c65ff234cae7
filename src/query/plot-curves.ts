import type { DuckDBValue } from '@duckdb/node-api'
import type { Envelope } from '../output/envelope-chart.js'
import type { EpochMicros } from '../readings/time.js'
import type { CagedStatement } from '../recordings/caged-statement.js'
import { type PlotColumns, plotColumns } from './plot-columns.js'

export interface PlotCurve {
  /** What tells it apart, e.g. sensor and recording; empty where there is one curve. */
  readonly name: string
  readonly unit: string | null
  readonly rows: number
  readonly last: number | null
  readonly envelope: Envelope
  /** Dot columns without a value that are still drawn through; wider ones are gaps. */
  readonly joinWithinDots: number
}

export interface PlotCurves {
  readonly from: EpochMicros
  readonly to: EpochMicros
  readonly curves: readonly PlotCurve[]
  /** Curves beyond those that are drawn. */
  readonly more: number
  readonly rows: number
}

/** A pause of more than this many usual intervals is a gap. */
const GAP_INTERVALS = 3
/** So many rows are put in order to learn how far apart they usually are; of more, it follows from their number. */
const MAX_ORDERED_ROWS = 200_000

interface Stretch {
  readonly key: string
  readonly unit: string | null
  readonly from: number
  readonly to: number
  readonly rows: number
  /** Of each value, how many there are and the last. */
  readonly values: readonly { readonly count: number; readonly last: number | null }[]
}

/**
 * Reduces a result of any size to envelopes, inside DuckDB: it is asked for its extent first, then for the lowest and highest value of each dot column.
 */
export async function plotCurves(
  statement: CagedStatement,
  size: { readonly dots: number; readonly maxCurves: number },
): Promise<PlotCurves> {
  const columns = plotColumns(statement.columns)
  const all = await stretchesOf(statement, columns)
  const rows = all.reduce((sum, stretch) => sum + stretch.rows, 0)
  const perKey = columns.values.length
  const shown = all.slice(0, Math.max(1, Math.floor(size.maxCurves / perKey)))
  const more = (all.length - shown.length) * perKey
  if (shown.length === 0) return { from: 0, to: 0, curves: [], more: 0, rows }
  let from = Math.min(...shown.map((stretch) => stretch.from))
  let to = Math.max(...shown.map((stretch) => stretch.to))
  if (from === to) [from, to] = [from - 500_000, to + 500_000]
  const dotMicros = (to - from) / size.dots
  const envelopes = await envelopesOf(statement, columns, { from, dotMicros, dots: size.dots, keys: shown.map(({ key }) => key) })
  const steps = rows <= MAX_ORDERED_ROWS ? await usualSteps(statement, columns) : new Map<string, number>()
  const parts = partsOf(all.map(({ key }) => key))
  const curves = shown.flatMap((stretch) =>
    columns.values.map(({ name }, v) => {
      const envelope = envelopes.get(stretch.key)?.[v] ?? emptyEnvelope(size.dots)
      const { count = 0, last = null } = stretch.values[v] ?? {}
      const filled = envelope.lows.reduce((sum, low) => sum + (Number.isNaN(low) ? 0 : 1), 0)
      const step = steps.get(stretch.key) ?? (filled * dotMicros) / Math.max(1, count)
      const joinWithinDots = Math.max(1, Math.ceil((GAP_INTERVALS * step) / dotMicros))
      const label = [...parts(stretch.key), name].filter((part) => part !== '').join(' · ')
      return { name: label, unit: stretch.unit, rows: stretch.rows, last, envelope, joinWithinDots }
    }),
  )
  return { from, to, curves, more, rows }
}

/** Between the texts of one key; none of them holds it, or it does no harm. */
const SEPARATOR = '\u001f'

/** What tells a key from the others: what all have in common at their end, such as the one recording, is left out. */
function partsOf(keys: readonly string[]): (key: string) => string[] {
  const ends = new Set(keys.map((key) => key.split(SEPARATOR).at(-1)))
  return (key) => (ends.size === 1 && key.includes(SEPARATOR) ? key.split(SEPARATOR).slice(0, -1) : key.split(SEPARATOR))
}

function keySql({ keys }: PlotColumns): string {
  return keys.length === 0 ? "''" : `concat_ws(chr(31), ${keys.map((key) => `coalesce(${key}, '–')`).join(', ')})`
}

async function stretchesOf(statement: CagedStatement, columns: PlotColumns): Promise<Stretch[]> {
  const { time, unit, values } = columns
  const each = values.map(({ high }) => `count(${high}), arg_max(${high}, ${time})`).join(', ')
  const rows = await rowsOf(
    statement.over(
      (
        result,
      ) => `SELECT ${keySql(columns)}, ${unit === null ? 'NULL' : `any_value(${unit})`}, epoch_us(min(${time})), epoch_us(max(${time})),
        count(*), ${each} FROM ${result} WHERE isfinite(${time}) GROUP BY 1 ORDER BY 1`,
    ),
  )
  return rows.map(([key, unitText, from, to, count, ...rest]) => ({
    key: String(key),
    unit: typeof unitText === 'string' ? unitText : null,
    from: Number(from),
    to: Number(to),
    rows: Number(count),
    values: values.map((_, v) => ({ count: Number(rest[2 * v] ?? 0), last: numberOrNull(rest[2 * v + 1]) })),
  }))
}

async function envelopesOf(
  statement: CagedStatement,
  columns: PlotColumns,
  grid: { readonly from: number; readonly dotMicros: number; readonly dots: number; readonly keys: readonly string[] },
): Promise<Map<string, Envelope[]>> {
  const { time, values } = columns
  const dot = `least(${grid.dots - 1}, floor((epoch_us(${time}) - ${grid.from}::BIGINT) / ${grid.dotMicros}::DOUBLE))::INTEGER`
  const each = values.map(({ low, high }) => `min(${low}), max(${high}), count(*) - count(${high})`).join(', ')
  const envelopes = new Map(grid.keys.map((key) => [key, values.map(() => ({ ...emptyEnvelope(grid.dots), breaks: new Set<number>() }))]))
  const rows = statement.over((result) => `SELECT ${keySql(columns)}, ${dot}, ${each} FROM ${result} WHERE isfinite(${time}) GROUP BY 1, 2`)
  for await (const chunk of rows) {
    for (const [key, at, ...rest] of chunk.getRows()) {
      for (const [v, envelope] of (envelopes.get(String(key)) ?? []).entries()) {
        const [low, high, absent] = [numberOrNull(rest[3 * v]), numberOrNull(rest[3 * v + 1]), Number(rest[3 * v + 2])]
        if (low !== null && high !== null) [envelope.lows[Number(at)], envelope.highs[Number(at)]] = [low, high]
        else if (absent > 0) envelope.breaks.add(Number(at))
      }
    }
  }
  return envelopes
}

/** The median time between neighbours, microseconds, by key. */
async function usualSteps(statement: CagedStatement, columns: PlotColumns): Promise<Map<string, number>> {
  const rows = await rowsOf(
    statement.over(
      (result) => `SELECT key, median(micros - earlier) FROM (
        SELECT key, micros, lag(micros) OVER (PARTITION BY key ORDER BY micros) AS earlier
        FROM (SELECT ${keySql(columns)} AS key, epoch_us(${columns.time}) AS micros FROM ${result} WHERE isfinite(${columns.time})))
        WHERE micros > earlier GROUP BY 1`,
    ),
  )
  return new Map(rows.map(([key, step]) => [String(key), Number(step)]))
}

async function rowsOf(chunks: ReturnType<CagedStatement['over']>): Promise<DuckDBValue[][]> {
  const rows: DuckDBValue[][] = []
  for await (const chunk of chunks) rows.push(...chunk.getRows())
  return rows
}

function emptyEnvelope(dots: number): Envelope {
  return { lows: new Float64Array(dots).fill(Number.NaN), highs: new Float64Array(dots).fill(Number.NaN) }
}

function numberOrNull(value: DuckDBValue | undefined): number | null {
  return typeof value === 'number' ? value : null
}
