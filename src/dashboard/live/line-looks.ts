import type { Style } from '../rows/style.js'
import type { Line } from './line-facts.js'

/** How a connection stands, without colour as well. */
export const LINE_LOOKS: Readonly<Record<Line['state'], { readonly sign: string; readonly style: Style }>> = {
  live: { sign: '●', style: { colour: 'green' } },
  waiting: { sign: '◌', style: { colour: 'grey' } },
  lost: { sign: '✗', style: { colour: 'red', weight: 'bold' } },
}
