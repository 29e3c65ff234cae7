/** One cell of a terminal's screen, whatever emulator it comes from. */
export interface ScreenCell {
  /** '' for the second half of a wide character. */
  readonly text: string
  /** Index into the 16 ANSI colours; null for the default. */
  readonly colour: number | null
  readonly weight: 'bold' | 'dim' | 'normal'
  readonly field: 'reverse' | 'normal'
}

export const BACKGROUND = '#11151c'
export const FOREGROUND = '#d6dbe4'
/** Of what is written dim. */
export const DIM_OPACITY = 0.6
/** Black … white, then the bright ones; readable on the background. */
const ANSI = [
  ...['#1c2330', '#ff6b6b', '#7bd88f', '#f5c76a', '#6fb1ff', '#d28cff', '#63d2d6', '#d6dbe4'],
  ...['#7d8796', '#ff8f8f', '#9cf0ae', '#ffdd94', '#94c7ff', '#e2b0ff', '#8ceef2', '#ffffff'],
] as const

/** `#rrggbb` of what a cell writes; in reverse, of its field. */
export function colourOf({ colour }: Pick<ScreenCell, 'colour'>): string {
  return colour === null ? FOREGROUND : (ANSI[colour] ?? FOREGROUND)
}
