/** How a piece of text looks. Only the terminal's own 16 colours, so that a person's theme decides what they are. */
export interface Style {
  readonly colour?: 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'grey'
  readonly weight?: 'bold' | 'dim'
  readonly field?: 'reverse'
}

export interface Span {
  readonly text: string
  readonly style?: Style
}

/** One row of the screen: spans that together are exactly as wide as the screen. */
export type Row = readonly Span[]

/** `attributes` keeps bold, dim and reverse but no colour (NO_COLOR). */
export type Palette = 'colour' | 'attributes'

const COLOUR_CODES = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36, grey: 90 } as const

/** A row without its looks. */
export function plainRow(row: Row): string {
  return row.map((span) => span.text).join('')
}

/** The SGR codes of a style (ECMA-48 §8.3.117), e.g. `1;36`; '' where there are none. */
export function sgrOf(style: Style | undefined, palette: Palette): string {
  if (!style) return ''
  const codes: number[] = []
  if (style.weight) codes.push(style.weight === 'bold' ? 1 : 2)
  if (style.field) codes.push(7)
  if (style.colour && palette === 'colour') codes.push(COLOUR_CODES[style.colour])
  return codes.join(';')
}
