import { Fault } from '../faults/fault.js'
import { PART_TABLES } from '../readings/recording-layout.js'
import { similar } from '../readings/similar.js'

/** How DuckDB points at a place: the line of the statement, and a caret under it. */
const PLACE = /\n+LINE (\d+): (.*)\n( *)\^\s*$/
const PREFIX = /^Failed to extract statements: /
/** Kinds that say no more than the text behind them; `Parser Error` and `Conversion Error` do. */
const SILENT_KIND = /^(Binder|Catalog) Error: /
const UNKNOWN_NAME =
  /Referenced column "(.+?)" not found|does not have a column named "(.+?)"|Referenced table "(.+?)" not found|Table with name (\S+) does not exist/
const CANDIDATES = /\s*\n\s*(Candidate bindings|Candidate tables|Did you mean)[^\n]*/g

/**
 * What DuckDB says against a statement, in one sentence, and where in it.
 *
 * @param names  of views and their columns.
 * @param told.linesBefore  lines of ours before those that were asked.
 */
export function statementFault(
  reason: string,
  names: Iterable<string>,
  { linesBefore = 0, advice = {} }: { readonly linesBefore?: number; readonly advice?: Readonly<Record<string, string>> } = {},
): Fault {
  const place = PLACE.exec(reason)
  const said = reason.replace(PLACE, '').replace(PREFIX, '').replace(SILENT_KIND, '').trim()
  const unknown = UNKNOWN_NAME.exec(said)?.slice(1).find(Boolean)
  const meant = unknown === undefined ? undefined : similar(unknown, names)
  // DuckDB proposes what is in the FROM; where a name of ours is nearer, that says more.
  const told = meant === undefined ? said : `${said.replaceAll(CANDIDATES, '')}\ndid you mean "${meant}"?`
  return new Fault('QUERY_INVALID', {
    message: 'the query cannot be answered',
    where: place === null ? {} : whereOf(place, linesBefore),
    because: told.replaceAll(/[!.]?\s*\n\s*/g, '; ').replace(/!$/, ''),
    advice,
  })
}

function whereOf([, line = '1', text = '', before = '']: RegExpExecArray, linesBefore: number): Record<string, string> {
  const offset = Math.max(0, before.length - `LINE ${line}: `.length)
  // The caret has to stay under its character: what is shown has the same number of columns as what DuckDB drew.
  const sql = text.replaceAll('\t', ' ')
  const asked = Number(line) - linesBefore
  return { sql, at: `${' '.repeat(offset)}^${asked === 1 ? '' : ` line ${asked}`}` }
}

/** The names that a query may use, before anything was asked. */
export const VIEW_COLUMN_NAMES: readonly string[] = [...new Set(Object.values(PART_TABLES).flatMap((columns) => Object.keys(columns)))]
