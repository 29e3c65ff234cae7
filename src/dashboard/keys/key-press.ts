/** A key as the dashboard understands it, whatever library read it. */
export type KeyPress =
  | { readonly name: SpecialKey }
  | { readonly name: `ctrl-${string}` }
  | { readonly name: 'text'; readonly text: string }

export type SpecialKey =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'shift-up'
  | 'shift-down'
  | 'shift-left'
  | 'shift-right'
  | 'page-up'
  | 'page-down'
  | 'home'
  | 'end'
  | 'enter'
  | 'escape'
  | 'backspace'
  | 'delete'
  | 'tab'
  | 'shift-tab'

/** What key tables call a key: a letter by itself (`q`, `/`, `:`), any other by its name (`page-up`, `ctrl-l`). */
export function nameOf(key: KeyPress): string {
  return key.name === 'text' && 'text' in key ? key.text : key.name
}
