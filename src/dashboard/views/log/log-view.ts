import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Picture } from '../../picture.js'
import { clockText } from '../../rows/clock-text.js'
import type { Row } from '../../rows/style.js'
import type { View, ViewKey } from '../view.js'

/** How many entries lie below the window; 0 follows the newest. */
interface LogState {
  readonly back: number
}

const step = (press: readonly string[], shown: string, does: string, by: (page: number) => number): ViewKey<LogState> => ({
  press,
  shown,
  does,
  act: ({ back }, { picture, size }) => {
    const most = Math.max(0, picture.live.log.length - size.rows)
    return { state: { back: Math.max(0, Math.min(most, back + by(size.rows))) } }
  },
})

/** What drivers and sinks had to say, the newest last, as a log is read. */
export const LOG: View<LogState> = {
  id: 'log',
  title: 'log',
  about: 'what drivers and sinks had to say',
  keys: [
    step(['up', 'k'], '↑  k', 'back', () => 1),
    step(['down', 'j'], '↓  j', 'forth', () => -1),
    step(['page-up'], 'PgUp', 'a page back', (page) => Math.max(1, page - 1)),
    step(['page-down'], 'PgDn', 'a page forth', (page) => -Math.max(1, page - 1)),
    step(['home', 'g'], 'Home  g', 'the oldest', () => Number.POSITIVE_INFINITY),
    step(['end', 'G'], 'End  G', 'the newest, and follow it', () => Number.NEGATIVE_INFINITY),
  ],
  first: () => ({ back: 0 }),
  restore: () => ({ back: 0 }),
  compose(picture, { state, size }) {
    const { log } = picture.live
    const end = Math.max(Math.min(size.rows, log.length), log.length - state.back)
    const rows = log.slice(Math.max(0, end - size.rows), end).map((entry) => logRow(entry, picture))
    const none: Row = [{ text: ' nobody had anything to say yet', style: { colour: 'grey' } }]
    const heading: Row = [{ text: state.back === 0 ? '' : `${state.back} newer below`, style: { colour: 'cyan' } }]
    return { heading: state.back === 0 ? [] : heading, rows: rows.length === 0 ? [none] : rows }
  },
}

function logRow({ at, level, text }: Picture['live']['log'][number], { utcOffsetMinutes }: Picture): Row {
  return [
    { text: ` ${clockText(at, utcOffsetMinutes)} `, style: { colour: 'grey' } },
    level === 'warning' ? { text: '! ', style: { colour: 'yellow' } } : { text: '· ', style: { colour: 'grey' } },
    { text: terminalSafe(text, { maxWidth: 400 }) },
  ]
}
