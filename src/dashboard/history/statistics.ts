/** Of every sensor since the run began, as columns: row i belongs to the state's `sensors[i]`. */
export interface Statistics {
  /** Readings with a value. */
  count: Float64Array
  lowest: Float64Array
  highest: Float64Array
  mean: Float64Array
  /** Sum of squared distances from the mean (Welford). */
  squares: Float64Array
  uncertain: Float64Array
  /** Readings without a value. */
  bad: Float64Array
}

/** One sensor's numbers; those of values are NaN while there is none. */
export interface SensorStatistics {
  readonly count: number
  readonly lowest: number
  readonly highest: number
  readonly mean: number
  /** Of the sample (n − 1), in the sensor's unit; NaN below two values. */
  readonly standardDeviation: number
  readonly uncertain: number
  readonly bad: number
}

const COLUMNS = ['count', 'lowest', 'highest', 'mean', 'squares', 'uncertain', 'bad'] as const

export function noStatistics(capacity: number): Statistics {
  const column = (): Float64Array => new Float64Array(capacity)
  return { count: column(), lowest: column(), highest: column(), mean: column(), squares: column(), uncertain: column(), bad: column() }
}

export function growStatistics(statistics: Statistics, capacity: number): void {
  for (const name of COLUMNS) {
    const larger = new Float64Array(capacity)
    larger.set(statistics[name])
    statistics[name] = larger
  }
}

export function copyStatistics(statistics: Statistics): Statistics {
  const { count, lowest, highest, mean, squares, uncertain, bad } = statistics
  return {
    count: count.slice(),
    lowest: lowest.slice(),
    highest: highest.slice(),
    mean: mean.slice(),
    squares: squares.slice(),
    uncertain: uncertain.slice(),
    bad: bad.slice(),
  }
}

/** Counts a reading: its value (NaN: none worth counting) and its quality. */
export function countReading(statistics: Statistics, row: number, value: number, grade: 'good' | 'uncertain' | 'bad'): void {
  if (grade !== 'good') statistics[grade][row] = (statistics[grade][row] ?? 0) + 1
  if (grade === 'bad' || !Number.isFinite(value)) return
  const before = statistics.count[row] ?? 0
  const count = before + 1
  statistics.count[row] = count
  if (before === 0 || value < (statistics.lowest[row] ?? 0)) statistics.lowest[row] = value
  if (before === 0 || value > (statistics.highest[row] ?? 0)) statistics.highest[row] = value
  const mean = statistics.mean[row] ?? 0
  const distance = value - mean
  const next = mean + distance / count
  statistics.mean[row] = next
  statistics.squares[row] = (statistics.squares[row] ?? 0) + distance * (value - next)
}

export function statisticsOf(statistics: Statistics, row: number): SensorStatistics {
  const count = statistics.count[row] ?? 0
  const known = (column: Float64Array): number => (count === 0 ? Number.NaN : (column[row] ?? Number.NaN))
  return {
    count,
    lowest: known(statistics.lowest),
    highest: known(statistics.highest),
    mean: known(statistics.mean),
    standardDeviation: count < 2 ? Number.NaN : Math.sqrt((statistics.squares[row] ?? 0) / (count - 1)),
    uncertain: statistics.uncertain[row] ?? 0,
    bad: statistics.bad[row] ?? 0,
  }
}
