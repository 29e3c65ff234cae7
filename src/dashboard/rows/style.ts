/** How a piece of text looks. Colours are named by what they mean in the terminal's own palette; `Palette` says what is written for them. */
export interface Style {
  readonly colour?: Colour
  readonly weight?: 'bold' | 'dim'
  readonly field?: 'reverse'
}

type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'grey'

export interface Span {
  readonly text: string
  readonly style?: Style
}

/** One row of the screen: spans that together are exactly as wide as the screen. */
export type Row = readonly Span[]

/**
 * `colour`: the terminal's own 16 colours, which a person's theme decides; `attributes`: bold, dim and reverse but no colour (NO_COLOR); the others name
 * their colours, by the 256-colour table or in 24 bits, for a dark or a light background.
 */
export type Palette = 'colour' | 'attributes' | '256-dark' | '256-light' | 'true-dark' | 'true-light'

/** The codes that choose a colour (ECMA-48 §8.3.117; ITU-T T.416 for 38;5 and 38;2). */
const COLOUR_CODES: Readonly<Record<Exclude<Palette, 'attributes'>, Readonly<Record<Colour, string>>>> = {
  colour: { red: '31', green: '32', yellow: '33', blue: '34', magenta: '35', cyan: '36', grey: '90' },
  '256-dark': table('38;5;', { red: '203', green: '77', yellow: '221', blue: '75', magenta: '176', cyan: '80', grey: '245' }),
  '256-light': table('38;5;', { red: '160', green: '28', yellow: '94', blue: '25', magenta: '90', cyan: '24', grey: '240' }),
  'true-dark': table('38;2;', {
    red: '255;95;95',
    green: '95;215;95',
    yellow: '255;215;95',
    blue: '95;175;255',
    magenta: '215;135;215',
    cyan: '95;215;215',
    grey: '138;138;138',
  }),
  'true-light': table('38;2;', {
    red: '176;0;0',
    green: '0;110;0',
    yellow: '130;85;0',
    blue: '0;75;160',
    magenta: '125;0;125',
    cyan: '0;90;110',
    grey: '88;88;88',
  }),
}

function table(prefix: string, codes: Readonly<Record<Colour, string>>): Readonly<Record<Colour, string>> {
  return Object.fromEntries(Object.entries(codes).map(([colour, code]) => [colour, prefix + code])) as Record<Colour, string>
}

/** A row without its looks. */
export function plainRow(row: Row): string {
  return row.map((span) => span.text).join('')
}

/** The SGR codes of a style, e.g. `1;36`; '' where there are none. */
export function sgrOf(style: Style | undefined, palette: Palette): string {
  if (!style) return ''
  const codes: string[] = []
  if (style.weight) codes.push(style.weight === 'bold' ? '1' : '2')
  if (style.field) codes.push('7')
  if (style.colour && palette !== 'attributes') codes.push(COLOUR_CODES[palette][style.colour])
  return codes.join(';')
}
