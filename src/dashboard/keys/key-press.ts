/** A key as the dashboard understands it, whatever library read it. */
export type KeyPress =
  | {
      readonly name:
        | 'up'
        | 'down'
        | 'page-up'
        | 'page-down'
        | 'home'
        | 'end'
        | 'enter'
        | 'escape'
        | 'backspace'
        | 'ctrl-c'
        | 'ctrl-z'
        | 'ctrl-l'
    }
  | { readonly name: 'text'; readonly text: string }

/** The key table: help overlay and key line are made from it. */
export const KEYS: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: '↑ ↓  j k', does: 'select the sensor that the chart shows' },
  { keys: 'PgUp PgDn', does: 'a page up, a page down' },
  { keys: 'Home End  g G', does: 'first, last' },
  { keys: '/', does: 'filter by name, unit, address or quality; Enter keeps it, Esc clears it' },
  { keys: 's', does: 'sort by site order, name, value, quality or age' },
  { keys: 'space', does: 'hold the picture; capture and recording go on' },
  { keys: 'm', does: 'leave a mark in the recording' },
  { keys: 'Ctrl-L', does: 'draw everything afresh' },
  { keys: 'Ctrl-Z', does: 'suspend; fg comes back' },
  { keys: '?', does: 'this help' },
  { keys: 'q  Ctrl-C', does: 'quit; the terminal is left as it was' },
]
