import type { Condition } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import { type ColumnId, isColumnId } from './column.js'
import { COLUMNS } from './columns.js'

/** One word of a filter. */
interface Term {
  readonly sense: 'is' | 'is-not'
  /** Undefined: anywhere. */
  readonly column?: ColumnId
  readonly compare: ':' | '>' | '<' | '>=' | '<=' | '='
  readonly word: string
}

const TERM = /^(-?)(?:([a-z]+)(:|>=|<=|>|<|=))?(.*)$/

/**
 * What people type: words that must all be found (`pump temp`), somewhere or in one column (`unit:mm/s`, `quality:bad`), numbers that are compared
 * (`value>5`, `age>=60`), and a minus before what must not be so (`-quality:good`).
 */
export function parseFilter(text: string): readonly Term[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-')
  return words.map((word): Term => {
    const [, minus = '', column, compare, rest = ''] = TERM.exec(word) ?? []
    const sense = minus === '-' ? 'is-not' : 'is'
    if (column === undefined || compare === undefined || !isColumnId(column)) return { sense, compare: ':', word: word.slice(minus.length) }
    return { sense, column, compare: compare as Term['compare'], word: rest }
  })
}

export function fitsFilter(
  terms: readonly Term[],
  cell: { readonly picture: Picture; readonly row: number; readonly condition: Condition },
): boolean {
  return terms.every((term) => (term.sense === 'is') === fits(term, cell))
}

function fits(term: Term, cell: { readonly picture: Picture; readonly row: number; readonly condition: Condition }): boolean {
  const { column, compare, word } = term
  // Half a word while it is being typed (`value>`) hides nothing.
  if (word === '') return term.sense === 'is'
  if (column === undefined) return anywhere(cell).includes(word)
  if (compare === ':') return textOf(column, cell).includes(word)
  const key = COLUMNS[column].key(cell)
  const number = Number(word)
  if (typeof key === 'string' || Number.isNaN(number)) return compare === '=' && textOf(column, cell) === word
  switch (compare) {
    case '>':
      return key > number
    case '<':
      return key < number
    case '>=':
      return key >= number
    case '<=':
      return key <= number
    case '=':
      return key === number
  }
}

type Cell = Parameters<typeof fitsFilter>[1]

function anywhere({ picture: { live }, row, condition: { reason, limit } }: Cell): string {
  const sensor = live.sensors[row]
  return `${live.names[row]} ${live.units[row]} ${sensor?.address ?? ''} ${sensor?.kind ?? ''} ${reason} ${limit ?? ''}`.toLowerCase()
}

function textOf(column: ColumnId, cell: Cell): string {
  if (column === 'quality') return `${cell.condition.level} ${cell.condition.reason}`
  if (column === 'limits') return `${COLUMNS.limits.key(cell)} ${cell.condition.limit ?? ''}`.toLowerCase()
  return String(COLUMNS[column].key(cell)).toLowerCase()
}
