import { scanStatement } from './statement-text.js'

/** What may be completed. */
export interface SqlWords {
  readonly names: readonly string[]
  readonly sensors: readonly string[]
  readonly commands: readonly string[]
}

const WORDS =
  'select from where group by order limit offset having join left inner using on as and or not in is null like ilike between case when then else end distinct union all with asc desc interval count sum avg min max median stddev first last arg_min arg_max quantile_cont date_trunc time_bucket epoch_us unnest len round abs coalesce filter over partition describe summarize current_timestamp timestamp true false'.split(
    ' ',
  )

/**
 * What could stand in the place of the last word: sensors inside a text, else views, columns and words of SQL, in the case in which
 * they were begun.
 *
 * @param before  lines of the statement before this one.
 * @returns candidates, and the piece of `line` that each would replace.
 */
export function completeSql(before: string, line: string, { names, sensors, commands }: SqlWords): [candidates: string[], piece: string] {
  if (before === '' && line.startsWith('.')) return [commands.filter((command) => command.startsWith(line)), line]
  const { open } = scanStatement(`${before}\n${line}`)
  if (open === "'") {
    const piece = line.slice(line.lastIndexOf("'") + 1)
    return [startingWith(sensors, piece).map((key) => `${key.replaceAll("'", "''")}'`), piece]
  }
  const piece = /[\p{L}\d_]*$/u.exec(line)?.[0] ?? ''
  const isShouted = piece !== '' && piece === piece.toUpperCase() && piece !== piece.toLowerCase()
  const words = startingWith(WORDS, piece).map((word) => (isShouted ? word.toUpperCase() : word))
  return [[...new Set([...startingWith(names, piece), ...words])], piece]
}

function startingWith(candidates: readonly string[], piece: string): string[] {
  const wanted = piece.toLowerCase()
  return candidates.filter((candidate) => candidate.toLowerCase().startsWith(wanted))
}
