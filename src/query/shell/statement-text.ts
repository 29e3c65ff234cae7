/** What a text that is being typed is in the middle of. */
export interface TextState {
  /** The text before the first `;` that ends a statement; null where none does yet. */
  readonly statement: string | null
  /** What follows that `;`. */
  readonly rest: string
  readonly open: "'" | '"' | '--' | '/*' | null
}

/** Finds the `;` that ends a statement: not in a text, a quoted name, or a comment. */
export function scanStatement(text: string): TextState {
  let open: TextState['open'] = null
  for (let i = 0; i < text.length; i++) {
    const two = text.slice(i, i + 2)
    if (open === null) {
      if (text[i] === ';') return { statement: text.slice(0, i), rest: text.slice(i + 1), open }
      if (two === '--' || two === '/*') {
        open = two
        i++
      } else if (text[i] === "'" || text[i] === '"') open = text[i] as "'" | '"'
    } else if (open === '--') {
      if (text[i] === '\n') open = null
    } else if (open === '/*') {
      if (two === '*/') {
        open = null
        i++
      }
    } else if (text[i] === open) open = null
  }
  return { statement: null, rest: '', open }
}
