import type { Picture } from '../../picture.js'
import { countText } from '../../rows/steady-number.js'
import type { Row, Span } from '../../rows/style.js'
import { rowsForGrowing, settleChoice } from '../list-choice.js'
import { promptRows } from '../prompt.js'
import type { PaneSize, View, ViewContent } from '../view.js'
import { EVENT_KEYS, typeShelf } from './event-keys.js'
import { eventLines, standingOf } from './event-lines.js'
import { lineRow, TOLD_ROWS, wholeText } from './event-rows.js'
import { type EventsState, FIRST_EVENTS, restoreEvents, type ShelfPrompt } from './events-state.js'

/** Alarms as they stand, and below them what happened, the newest first. */
export const EVENTS: View<EventsState> = {
  id: 'events',
  title: 'events',
  about: 'alarms and what happened: acknowledge, shelve',
  keys: EVENT_KEYS,
  first: () => FIRST_EVENTS,
  restore: restoreEvents,
  typing: typeShelf,
  compose: composeEvents,
  // Whoever moves the cursor here wants to read what it stands on.
  rowsWanted: (picture, { state }) => rowsForGrowing(eventLines(picture, state.shows).length) + (state.cursor === null ? 0 : TOLD_ROWS),
}

function composeEvents(
  picture: Picture,
  { state, size }: { readonly state: EventsState; readonly size: PaneSize },
): ViewContent<EventsState> {
  const lines = eventLines(picture, state.shows)
  const asked = state.prompt ? promptRows(QUESTIONS[state.prompt.kind], state.prompt, size.columns) : []
  const wanted = lines.find(({ id }) => id === state.cursor)
  const told = wanted && size.rows >= ROWS_WITH_TEXT ? wholeText(wanted, picture, size.columns) : []
  const visible = Math.max(1, size.rows - asked.length - told.length)
  const settled = settleChoice(
    state,
    lines.map(({ id }) => id),
    visible,
  )
  const shown = lines.slice(settled.top, settled.top + visible)
  const rows = shown.map((line) => lineRow(line, picture, { cursor: settled.cursor, columns: size.columns }))
  return {
    state: settled,
    heading: headingOf(picture, state),
    rows: [...asked, ...(rows.length === 0 ? [nothing(picture, state)] : rows), ...told],
  }
}

/** From here on a row that is cut off is told in full below the list, while the cursor is on it. */
const ROWS_WITH_TEXT = 8

const QUESTIONS: Readonly<Record<ShelfPrompt['kind'], string>> = { 'shelve-for': 'shelve for', 'shelve-because': 'because' }

function headingOf(picture: Picture, { shows }: EventsState): Row {
  const { live } = picture
  const counts = { unacknowledged: 0, returned: 0, acknowledged: 0, shelved: 0 }
  for (const alarm of live.alarms.values()) counts[standingOf(alarm, picture)]++
  const open = live.events.filter(({ event, severity, number }) => {
    return event !== 'alert' && severity !== 'note' && !live.attention.acknowledged.has(number)
  }).length
  const spans: readonly (Span | undefined)[] = [
    count(counts.unacknowledged, 'unacknowledged', { colour: 'red', weight: 'bold' }),
    count(counts.returned, 'returned', { colour: 'yellow' }),
    count(counts.acknowledged, 'acknowledged', { colour: 'grey' }),
    count(counts.shelved, 'shelved', { colour: 'grey' }),
    count(open, open === 1 ? 'event not acknowledged' : 'events not acknowledged', { colour: 'yellow' }),
    shows === 'all' ? undefined : { text: `${shows} only`, style: { colour: 'cyan' } },
  ]
  const told = spans.filter((span) => span !== undefined)
  return told.map((span, index) => (index === 0 ? span : { ...span, text: `  ${span.text}` }))
}

function count(number: number, what: string, style: NonNullable<Span['style']>): Span | undefined {
  return number === 0 ? undefined : { text: `${countText(number)} ${what}`, style }
}

function nothing({ live }: Picture, { shows }: EventsState): Row {
  const without = live.limits === 'none' ? ': no sensor states limits' : ''
  return [{ text: shows === 'alarms' ? ` no alarms${without}` : ' nothing happened yet', style: { colour: 'grey' } }]
}
