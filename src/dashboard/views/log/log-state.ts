import type { LogEntry } from '../../live/log-ring.js'

export interface LogState {
  /** How many rows lie below the window; 0 follows the newest. */
  readonly back: number
  readonly shows: 'all' | 'warnings'
  /** Words that must all be found, a minus before those that must not. */
  readonly filter: string
  readonly mode: 'read' | 'filter'
}

export const FIRST_LOG: LogState = { back: 0, shows: 'all', filter: '', mode: 'read' }
export const LONGEST_FILTER = 100

export function restoreLog(saved: unknown): LogState {
  const { shows, filter } = (saved ?? {}) as { readonly shows?: unknown; readonly filter?: unknown }
  return {
    ...FIRST_LOG,
    shows: shows === 'warnings' ? 'warnings' : 'all',
    filter: typeof filter === 'string' ? filter.slice(0, LONGEST_FILTER) : '',
  }
}

/** The entries that are asked for, oldest first. */
export function entriesShown(log: readonly LogEntry[], { shows, filter }: Pick<LogState, 'shows' | 'filter'>): readonly LogEntry[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-')
  if (shows === 'all' && words.length === 0) return log
  return log.filter(({ level, text }) => {
    const said = text.toLowerCase()
    const fits = words.every((word) => (word.startsWith('-') ? !said.includes(word.slice(1)) : said.includes(word)))
    return fits && (shows === 'all' || level === 'warning')
  })
}
