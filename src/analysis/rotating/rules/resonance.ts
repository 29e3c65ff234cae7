import { orderMap } from '../../orders/order-map.js'
import type { ChannelEvidence, MachineEvidence } from '../machine-evidence.js'
import { SMALLEST_A_B, severityOfVelocity } from '../velocity-severity.js'
import type { RuleAnswer } from './rule.js'
import { listLines, log10ChanceOf } from './shaft-harmonics.js'

/** A run-up that passes less than this range shows no peak with two sides. */
const LEAST_RANGE = 1.3
/** The peak's height over both ends of the range. */
const PEAK_OVER_SIDES = 2
const ROW_REVOLUTIONS = 8
/** The floor rises by 6 dB over both sides around a structural resonance that noise excites. */
const BUMP = 4
/** A line within a tenth of a resonance is amplified by it [VibrationResearch]. */
const NEAR = 0.1
/** Bins beside a line that are its foot, and how many a median needs to be good to 1 dB or so. */
const LINE_FOOT = 12
const LEAST_BAND_BINS = 16
const QUARTER_TURN = Math.PI / 2

/**
 * Resonance: in a run-up, an order peaks at one speed and turns its phase; at a steady speed, a line lies on a hump of the noise.
 * @see [GeScout], [ReliabilityWeb], [VibrationResearch]
 */
export function judgeResonance(evidence: MachineEvidence): RuleAnswer {
  const orders = [1, 2, ...(evidence.machine.blades === undefined ? [] : [evidence.machine.blades])]
  const isRunUp = evidence.speed.maxRpm / evidence.speed.minRpm >= LEAST_RANGE && evidence.speed.source !== 'stated'
  for (const channel of evidence.channels) {
    for (const order of orders.filter((candidate) => candidate < channel.angular.maxOrder && channel.relative(candidate) > 0)) {
      const found = isRunUp ? peakInRunUp(channel, { order, evidence }) : humpUnderLine(channel, order)
      const velocity = channel.velocity(order)
      if (found === null || (velocity !== null && velocity < SMALLEST_A_B)) continue
      const level = velocity === null ? null : severityOfVelocity(velocity, evidence.machine)
      return {
        code: 'resonance',
        severity: level?.severity ?? 'note',
        evidence: `consistent with a resonance near ${order}×: ${found}; ${listLines(channel, [order])}; ${level?.zone ?? 'how much this is needs a stated unit'}`,
        alsoConsistentWith: isRunUp
          ? ['a load that peaks at that speed', 'a neighbouring machine at that frequency']
          : ['broadband excitation in that band'],
        wouldTell: isRunUp
          ? 'a bump test at standstill'
          : 'a run-up or coast-down with tacho (peak and a phase turn of 180°), or a bump test',
        log10Chance: log10ChanceOf(channel, [order]),
      }
    }
  }
  return null
}

/** In words, where an order peaks inside the range of speeds and falls to half on both sides. */
function peakInRunUp(
  channel: ChannelEvidence,
  { order, evidence }: { readonly order: number; readonly evidence: MachineEvidence },
): string | null {
  const map = orderMap(channel.angular, { revolutions: ROW_REVOLUTIONS, stepRevolutions: 2, window: 'hann' })
  const bin = Math.round(order / map.orderStep)
  const bySpeed = [...map.shaftHz.keys()].sort((a, b) => map.shaftHz[a]! - map.shaftHz[b]!)
  const level = (row: number) => map.amplitude[row]![bin] ?? 0
  const top = bySpeed.reduce((best, row) => (level(row) > level(best) ? row : best), bySpeed[0]!)
  const place = bySpeed.indexOf(top)
  const least = (rows: readonly number[]) => rows.reduce((low, row) => Math.min(low, level(row)), Number.POSITIVE_INFINITY)
  const [below, above] = [bySpeed.slice(0, place), bySpeed.slice(place + 1)]
  if (below.length < 2 || above.length < 2 || level(top) < PEAK_OVER_SIDES * Math.max(least(below), least(above))) return null
  const hz = order * map.shaftHz[top]!
  const words = `its amplitude peaks at ${(60 * map.shaftHz[top]!).toFixed(0)} rpm (${hz.toFixed(1)} Hz) and falls to ${((100 * Math.max(least(below), least(above))) / level(top)).toFixed(0)} % on both sides`
  if (evidence.speed.source !== 'tacho') return `${words}; without a tacho its phase is not known`
  const turned = map.phase[bySpeed.at(-1)!]![bin]! - map.phase[bySpeed[0]!]![bin]!
  const turn = Math.abs(Math.atan2(Math.sin(turned), Math.cos(turned)))
  return turn >= QUARTER_TURN ? `${words}, its phase turns by ${((180 * turn) / Math.PI).toFixed(0)}°` : null
}

/** In words, where the noise beside a line stands well over that further below and above; medians, so that lines do not count. */
function humpUnderLine({ orders }: ChannelEvidence, order: number): string | null {
  const { power, step } = orders
  const clear = LINE_FOOT * step
  const noise = (from: number, to: number) => {
    const band = power.slice(Math.ceil(from / step), Math.floor(to / step) + 1).sort()
    return band.length < LEAST_BAND_BINS ? null : band[Math.floor(band.length / 2)]!
  }
  const near = [noise(order * (1 - NEAR), order - clear), noise(order + clear, order * (1 + NEAR))].filter((level) => level !== null)
  const sides = [noise(0.6 * order, 0.75 * order), noise(1.3 * order, 1.5 * order)].filter((level) => level !== null)
  if (near.length === 0 || sides.length < 2) return null
  const over = Math.max(...near) / Math.max(...sides)
  return over >= BUMP
    ? `the noise within a tenth of it stands ${(10 * Math.log10(over)).toFixed(0)} dB over that further off on both sides`
    : null
}
