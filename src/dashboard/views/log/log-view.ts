import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Row, Span } from '../../rows/style.js'
import { rowsForGrowing } from '../list-choice.js'
import { FILTER_HINTS } from '../typed-filter.js'
import type { View } from '../view.js'
import { LOG_KEYS, typeLogFilter } from './log-keys.js'
import { logRows } from './log-rows.js'
import { entriesShown, FIRST_LOG, type LogState, restoreLog } from './log-state.js'

/** What drivers and sinks had to say, the newest last, as a log is read. */
export const LOG: View<LogState> = {
  id: 'log',
  title: 'log',
  about: 'what drivers and sinks had to say',
  keys: LOG_KEYS,
  first: () => FIRST_LOG,
  restore: restoreLog,
  typing: typeLogFilter,
  typingHints: () => FILTER_HINTS,
  compose(picture, { state, size }) {
    const all = logRows(picture, state, size.columns)
    const end = Math.max(Math.min(size.rows, all.length), all.length - state.back)
    const rows = all.slice(Math.max(0, end - size.rows), end)
    const nothing =
      picture.live.log.length === 0 ? 'nobody had anything to say yet' : 'nothing in the log fits; Esc clears the filter, w the level'
    return { heading: headingOf(state), rows: rows.length === 0 ? [[{ text: ` ${nothing}`, style: { colour: 'grey' } }]] : rows }
  },
  rowsWanted(picture, { state, columns }) {
    const isLong = entriesShown(picture.live.log, state).length > TALLEST_SCREEN
    return isLong ? Number.POSITIVE_INFINITY : rowsForGrowing(logRows(picture, state, columns).length)
  },
}

/** A list with more entries needs all of it, and nobody has to count its rows at every frame. */
const TALLEST_SCREEN = 100

function headingOf({ back, shows, filter, mode }: LogState): Row {
  const typed = `${terminalSafe(filter, { maxWidth: 30 })}${mode === 'filter' ? '▏' : ''}`
  const parts = [
    shows === 'warnings' ? 'warnings only' : '',
    typed === '' ? '' : `filter "${typed}"`,
    back === 0 ? '' : `${back} rows newer below`,
  ].filter((part) => part !== '')
  return parts.map((part, index): Span => ({ text: index === 0 ? part : `  ${part}`, style: { colour: 'cyan' } }))
}
