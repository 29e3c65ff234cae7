import { logGammaTail } from '../statistics/gamma-tail.js'
import { type LineSpectrum, lineAt, type SpectralLine } from './line-spectrum.js'

/** The most that one line may say, −ln p: a family is more than its strongest line, which may belong to something else. */
const LINE_CAP = 12

/** Of a family that is significant together, a line counts where noise gives it less than once in a thousand places. */
const COUNTED = Math.log(1e-3)

/**
 * ln of the chance that noise shows a family of lines as strong together, by Fisher's method: −Σ ln p of n lines is a gamma variable of shape n.
 * The chance of a single line is at most its own, so the result errs towards noise.
 *
 * @param lines those that the rate carries; null for others.
 * @param trials how many families were tried, ≥ 1.
 * @see [Fisher1932]
 */
export function pooledLogChance(lines: readonly (SpectralLine | null)[], trials = 1): number {
  const heard = lines.filter((line) => line !== null)
  if (heard.length === 0) return 0
  const sum = heard.reduce((total, { logChance }) => total + Math.min(LINE_CAP, -logChance), 0)
  return Math.min(0, logGammaTail(heard.length, sum) + Math.log(trials))
}

/** Whether a line is one of those that make a family what it is. */
export function isCounted(line: SpectralLine | null): line is SpectralLine {
  return line !== null && line.logChance <= COUNTED
}

/** The fundamental, of some that are tried, whose multiples stand out most together; null where none is carried. */
export function bestFamily(
  spectrum: LineSpectrum,
  options: {
    readonly low: number
    readonly high: number
    /** Ascending. */
    readonly multiples: readonly number[]
    /** How far off a line may lie, as a share of its place. */
    readonly tolerance?: number
    /** Places that belong to something else do not count. */
    readonly isOwn?: (place: number) => boolean
  },
): { readonly fundamental: number; readonly logChance: number } | null {
  const { low, high, multiples, tolerance = 0, isOwn = () => true } = options
  const finest = spectrum.step / (2 * (multiples.at(-1) ?? 1))
  const trials = Math.max(1, Math.floor((high - low) / finest) + 1)
  let best: { readonly fundamental: number; readonly logChance: number } | null = null
  for (let k = 0; k < trials; k++) {
    const fundamental = low + k * finest
    const places = multiples.map((multiple) => multiple * fundamental).filter(isOwn)
    const lines = places.map((place) => lineAt(spectrum, place, tolerance * place))
    const logChance = pooledLogChance(lines, trials)
    if (logChance < (best?.logChance ?? 0)) best = { fundamental, logChance }
  }
  return best && { ...best, fundamental: sharpest(spectrum, { ...best, multiples, isOwn, finest, reach: tolerance * best.fundamental }) }
}

/** Where strong lines have no more to say, neighbouring fundamentals are as good as each other: of these, the one whose lines are strongest. */
function sharpest(
  spectrum: LineSpectrum,
  options: {
    readonly fundamental: number
    readonly multiples: readonly number[]
    readonly isOwn: (place: number) => boolean
    readonly finest: number
    readonly reach: number
  },
): number {
  const { fundamental, multiples, finest } = options
  const steps = Math.ceil((options.reach + spectrum.step / (multiples.at(-1) ?? 1)) / finest)
  let best = { fundamental, sum: 0 }
  for (let k = -steps; k <= steps; k++) {
    const tried = fundamental + k * finest
    const places = multiples.map((multiple) => multiple * tried).filter(options.isOwn)
    // Mean square in the bin itself, so that the nearest place wins.
    const sum = places.reduce((total, place) => {
      const bin = Math.round(place / spectrum.step)
      return total + Math.log1p((spectrum.power[bin] ?? 0) / (spectrum.floor[bin] || Number.MAX_VALUE))
    }, 0)
    if (sum > best.sum || (sum === best.sum && Math.abs(tried - fundamental) < Math.abs(best.fundamental - fundamental)))
      best = { fundamental: tried, sum }
  }
  return best.fundamental
}
