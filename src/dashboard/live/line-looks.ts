import type { Style } from '../rows/style.js'
import type { Line } from './line-facts.js'

/** `valueless`: it answers, and none of its sensors has a value. */
export type LineStanding = Line['state'] | 'valueless'

interface LineLooks {
  readonly sign: string
  readonly style: Style
  readonly word: string
}

/** How a connection stands, without colour as well. */
const LINE_LOOKS: Readonly<Record<LineStanding, LineLooks>> = {
  live: { sign: '●', style: { colour: 'green' }, word: 'live' },
  valueless: { sign: '~', style: { colour: 'yellow' }, word: 'live, no good value' },
  waiting: { sign: '◌', style: { colour: 'grey' }, word: 'waiting' },
  lost: { sign: '✗', style: { colour: 'red', weight: 'bold' }, word: 'lost' },
}

export function lineStanding({ state, valued, lastReceivedAt }: Pick<Line, 'state' | 'valued' | 'lastReceivedAt'>): LineStanding {
  return state === 'live' && valued === 0 && lastReceivedAt > 0 ? 'valueless' : state
}

export function lineLooks(line: Line): LineLooks {
  return LINE_LOOKS[lineStanding(line)]
}
