import { orderMap } from '../../orders/order-map.js'
import type { LineSpectrum } from '../line-spectrum.js'
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
      const found = isRunUp ? peakInRunUp(channel, { order, evidence }) : humpUnderLine(channel.hertz, order * evidence.shaftHz)
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

/** In words, where the noise floor under a line is a hump at most a tenth off. */
function humpUnderLine({ floor, step }: LineSpectrum, lineHz: number): string | null {
  const at = (hz: number) => Math.round(hz / step)
  let top = at(lineHz * (1 - NEAR))
  for (let k = top; k <= at(lineHz * (1 + NEAR)) && k < floor.length; k++) if (floor[k]! > floor[top]!) top = k
  const [left, right] = [at(0.7 * top * step), at(1.4 * top * step)]
  if (left < 16 || right >= floor.length) return null
  const over = floor[top]! / Math.max(floor[left]!, floor[right]!)
  return over >= BUMP ? `the noise has a hump of ${(10 * Math.log10(over)).toFixed(0)} dB at ${(top * step).toFixed(1)} Hz` : null
}
