import { type Line, rateAt } from '../../live/line-facts.js'
import type { Picture } from '../../picture.js'
import { ageText } from '../../rows/duration-text.js'
import { fitCount } from '../../rows/fit-number.js'
import { countText } from '../../rows/steady-number.js'

export interface DeviceColumn {
  readonly name: string
  /** What it means; left out where it speaks for itself. */
  readonly means?: string
  readonly width: number
  /** Columns of the highest rank go first where there is no room. */
  readonly rank: number
  readonly text: (line: Line, picture: Picture) => string
}

const UNKNOWN = '·'
const LEAST_NAME_WIDTH = 26

type Asked = 'asked' | 'silent' | 'refused' | 'spoilt' | 'repeated'

/** In the order shown. What was asked is `·` where a driver only listens. */
const COLUMNS: readonly DeviceColumn[] = [
  { name: 'sensors', width: 8, rank: 3, text: ({ sensors }) => fitCount(sensors, 7) },
  {
    name: 'per s',
    means: 'readings with a value a second',
    width: 8,
    rank: 0,
    text: (line, { moment }) => rateText(rateAt(line, moment.now)),
  },
  { name: 'bad', means: 'readings without a value', width: 7, rank: 1, text: ({ bad }) => fitCount(bad, 6) },
  { name: 'losses', means: 'times the connection was lost', width: 7, rank: 4, text: ({ losses }) => fitCount(losses, 6) },
  { name: 'gaps', means: 'stretches that are missing', width: 6, rank: 5, text: ({ gaps }) => fitCount(gaps, 5) },
  { name: 'asked', means: 'requests', width: 8, rank: 6, text: asked('asked') },
  { name: 'silent', means: 'no sound answer in time', width: 7, rank: 2, text: asked('silent', 'spoilt') },
  { name: 'refused', means: 'the device said no', width: 8, rank: 7, text: asked('refused') },
  { name: 'again', means: 'asked once more', width: 6, rank: 8, text: asked('repeated') },
  { name: 'ms', means: 'median round trip', width: 7, rank: 1, text: roundTripText },
  {
    name: 'heard',
    means: 'since the last reading',
    width: 6,
    rank: 0,
    text: ({ lastReceivedAt }, { moment }) => (lastReceivedAt === 0 ? UNKNOWN : ageText((moment.now - lastReceivedAt) / 1000)),
  },
]

/** What the shown columns mean, in one text. */
export function columnNote(shown: readonly DeviceColumn[]): string {
  const notes = shown.flatMap(({ name, means }) => (means === undefined ? [] : [`${name}: ${means}`]))
  return [...notes, `${UNKNOWN}: not known, as of a driver that only listens`].join('; ')
}

/** Those that there is room for beside the names. */
export function deviceColumns(columns: number): { readonly shown: readonly DeviceColumn[]; readonly nameWidth: number } {
  const widthOf = (all: readonly DeviceColumn[]) => all.reduce((sum, { width }) => sum + width, 0)
  let shown = COLUMNS
  while (shown.length > 0 && columns - widthOf(shown) < LEAST_NAME_WIDTH) {
    const last = Math.max(...shown.map(({ rank }) => rank))
    shown = shown.filter(({ rank }) => rank !== last)
  }
  return { shown, nameWidth: columns - widthOf(shown) }
}

function asked(...what: readonly Asked[]): DeviceColumn['text'] {
  return ({ name }, { traffic }) => {
    const counted = traffic?.(name) ?? null
    return counted === null
      ? UNKNOWN
      : fitCount(
          what.reduce((sum, one) => sum + counted[one], 0),
          6,
        )
  }
}

function roundTripText({ name }: Line, { traffic }: Picture): string {
  const median = traffic?.(name)?.roundTripMs?.median
  return median === undefined ? UNKNOWN : median.toFixed(median < 10 ? 1 : 0)
}

function rateText(perS: number): string {
  if (Number.isNaN(perS)) return UNKNOWN
  return perS >= 100 ? countText(perS) : perS.toFixed(1)
}
