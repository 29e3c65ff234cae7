import { type Condition, conditionOf, type Moment } from '../../live/condition.js'
import type { LiveState } from '../../live/live-state.js'
import type { ViewState } from '../../screen/dashboard-state.js'

/** Rows of the state in the order of the table: filtered, then sorted. */
export function tableOrder(live: LiveState, view: Pick<ViewState, 'filter' | 'sort'>, moment: Moment): readonly number[] {
  const rows = live.sensors.map((_, row) => row)
  const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean)
  const kept = words.length === 0 ? rows : rows.filter((row) => matches(live, row, words, moment))
  switch (view.sort) {
    case 'site':
      return kept
    case 'name':
      return kept.toSorted((a, b) => compareNames(live, a, b))
    case 'value':
      return kept.toSorted((a, b) => shownValue(live, b) - shownValue(live, a) || a - b)
    case 'quality':
    case 'age':
      return sortByCondition(live, kept, view.sort, moment)
  }
}

function sortByCondition(live: LiveState, rows: readonly number[], sort: 'quality' | 'age', moment: Moment): readonly number[] {
  const keys = new Map(
    rows.map((row) => {
      const condition = conditionOf(live, row, moment)
      return [row, sort === 'quality' ? severity(condition) : Math.floor(condition.ageMs / 1000)] as const
    }),
  )
  return rows.toSorted((a, b) => (keys.get(b) ?? 0) - (keys.get(a) ?? 0) || a - b)
}

const LEVEL_SEVERITY: Readonly<Record<Condition['level'], number>> = { good: 0, waiting: 1, uncertain: 2, stale: 3, bad: 5 }

function severity({ level, limit }: Condition): number {
  const beyond = limit === null ? 0 : limit === 'HH' || limit === 'LL' ? 6 : 4
  return Math.max(beyond, LEVEL_SEVERITY[level])
}

function matches(live: LiveState, row: number, words: readonly string[], moment: Moment): boolean {
  const sensor = live.sensors[row]
  const { reason, limit } = conditionOf(live, row, moment)
  const text = `${live.names[row]} ${live.units[row]} ${sensor?.address ?? ''} ${sensor?.kind ?? ''} ${reason} ${limit ?? ''}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

/** Sensors without a value come last. */
function shownValue(live: LiveState, row: number): number {
  const value = live.value[row] ?? Number.NaN
  return live.seen[row] !== 1 || (live.quality[row] ?? 255) >= 128 || Number.isNaN(value) ? -Number.MAX_VALUE : value
}

/** `sensor-2` before `sensor-10`. */
function compareNames(live: LiveState, a: number, b: number): number {
  return NAMES.compare(live.names[a] ?? '', live.names[b] ?? '') || a - b
}

const NAMES = new Intl.Collator('en', { numeric: true })
