import type { PaneMoment, ViewKey } from '../view.js'
import { type ChartTime, FIRST_TIME, type ShownTime } from './chart-time.js'
import { moveCursor, panTime, toggleCursor, zoomTime } from './time-steps.js'

/** The keys of whatever is drawn over time: pan, zoom, cursor. `shownOf` says what the pane shows right now. */
export function timeKeys<State extends { readonly time: ChartTime }>(
  shownOf: (state: State, at: PaneMoment) => ShownTime,
): readonly ViewKey<State>[] {
  const key = (
    words: Pick<ViewKey<State>, 'press' | 'shown' | 'does' | 'hint'>,
    step: (time: ChartTime, shown: ShownTime, at: PaneMoment) => ChartTime,
  ): ViewKey<State> => ({ ...words, act: (state, at) => ({ state: { ...state, time: step(state.time, shownOf(state, at), at) } }) })
  const across = (direction: -1 | 1, cells: number) => (time: ChartTime, shown: ShownTime, at: PaneMoment) =>
    time.cursorMs === null ? panTime(time, shown, direction, at.picture) : moveCursor(time, shown, direction * cells, at.picture)
  return [
    key({ press: ['left'], shown: '←', does: 'back in time; the cursor, where there is one', hint: 'back' }, across(-1, 1)),
    key({ press: ['right'], shown: '→', does: 'on in time, up to now; the cursor, where there is one' }, across(1, 1)),
    key({ press: ['shift-left', '['], shown: '[  Shift-←', does: 'a quarter of the span back' }, (time, shown, { picture }) =>
      panTime(time, shown, -1, picture),
    ),
    key({ press: ['shift-right', ']'], shown: ']  Shift-→', does: 'a quarter of the span on' }, (time, shown, { picture }) =>
      panTime(time, shown, 1, picture),
    ),
    key({ press: ['+', '='], shown: '+', does: 'zoom in: a shorter span, around the cursor', hint: 'zoom in' }, (time, shown) =>
      zoomTime(time, shown, 'in'),
    ),
    key({ press: ['-'], shown: '-', does: 'zoom out: a longer span, 24 hours at most' }, (time, shown) => zoomTime(time, shown, 'out')),
    key(
      { press: ['enter', 'v'], shown: 'Enter  v', does: 'a cursor that tells the values under it, or none', hint: 'cursor' },
      toggleCursor,
    ),
    key({ press: ['end', '.'], shown: 'End  .', does: 'now, and go on' }, (time) => ({ ...time, untilMs: null, cursorMs: null })),
    key({ press: ['r', 'escape'], shown: 'r  Esc', does: 'as it began: now, and the span that fits' }, () => FIRST_TIME),
  ]
}
