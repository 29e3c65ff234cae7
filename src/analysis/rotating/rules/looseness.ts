import { MAINS_HZ } from '../../mains.js'
import type { ChannelEvidence, MachineEvidence } from '../machine-evidence.js'
import { SMALLEST_A_B, severityOfVelocity } from '../velocity-severity.js'
import type { RuleAnswer } from './rule.js'
import { combined, combinedVelocity, listLines, log10ChanceOf } from './shaft-harmonics.js'

const HARMONICS = [3, 4, 5, 6, 7, 8, 9, 10]
const HALF_ORDERS = [0.5, 1.5, 2.5, 3.5, 4.5]
/** So many of the harmonics 3 to 10 make a series, not a part that happens to pass so often. */
const LEAST_HARMONICS = 5
const LEAST_HALF_ORDERS = 2
/** Half orders of loose machines are about half of the whole ones [PertaminaLooseness]; a tenth is well past what leaks from elsewhere. */
const LEAST_HALF_SHARE = 0.1
/** Harmonics 3 to 10 together against 1×: a truncated waveform has them, a mere trace of them is in every machine. */
const LEAST_SERIES_SHARE = 0.3

/**
 * Looseness: a long series of harmonics, and orders halfway between them.
 * @see [PertaminaLooseness], [IitLooseness]
 */
export function judgeLooseness(evidence: MachineEvidence): RuleAnswer {
  if (evidence.channels[0].angular.maxOrder < 5) {
    return {
      notJudged: `the rate carries orders up to ${evidence.channels[0].angular.maxOrder.toFixed(1)}, too few for a series of harmonics`,
    }
  }
  for (const channel of evidence.channels) {
    const { harmonics, halves, hasHalves, hasSeries } = seriesOf(channel, evidence.shaftHz)
    if (!hasHalves && !hasSeries) continue
    const orders = [1, 2, ...harmonics, ...halves]
    const velocity = combinedVelocity(channel, orders)
    if (velocity !== null && velocity < SMALLEST_A_B) continue
    const foreign = hasHalves ? null : harmonicsOfMains(evidence, channel, harmonics)
    if (foreign !== null) return { notJudged: foreign }
    const level = velocity === null ? null : severityOfVelocity(velocity, evidence.machine)
    return {
      code: 'looseness',
      severity: level?.severity ?? 'note',
      evidence: `consistent with looseness: ${harmonics.length} of harmonics 3 to 10 and ${halves.length} half orders stand out; ${listLines(channel, [1, 2, ...harmonics.slice(0, 3), ...halves.slice(0, 3)])}; ${level?.zone ?? 'how much this is needs a stated unit'}`,
      alsoConsistentWith: hasHalves
        ? ['misalignment', 'rub', 'a four-stroke engine or other part that returns every second turn']
        : ['misalignment', 'rub', 'a knock once a turn'],
      wouldTell: 'amplitude and phase across each bolted joint and foot, and whether both change with the load',
      log10Chance: log10ChanceOf(channel, hasHalves ? halves : harmonics),
    }
  }
  return null
}

/** The harmonics and half orders of a channel, and whether either is a series that loose parts make. */
export function seriesOf(channel: ChannelEvidence, shaftHz: number) {
  const harmonics = standing(channel, HARMONICS)
  const halves = standing(channel, HALF_ORDERS).filter((order) => !isMains(order * shaftHz, channel.orders.step * shaftHz))
  const whole = Math.max(combined(channel, [1, 2, 3]), Number.MIN_VALUE)
  const first = Math.max(channel.relative(1), Number.MIN_VALUE)
  return {
    harmonics,
    halves,
    hasHalves: halves.length >= LEAST_HALF_ORDERS && combined(channel, halves) >= LEAST_HALF_SHARE * whole,
    hasSeries: harmonics.length >= LEAST_HARMONICS && combined(channel, harmonics) >= LEAST_SERIES_SHARE * first,
  }
}

/** In words, where most of a series coincides with multiples of the mains; null where it does not. */
function harmonicsOfMains({ machine, shaftHz }: MachineEvidence, channel: ChannelEvidence, harmonics: readonly number[]): string | null {
  const stepHz = channel.orders.step * shaftHz
  const placesHz = harmonics.map((order) => (channel.line(order)?.position ?? order) * shaftHz)
  for (const mainsHz of machine.lineFrequencyHz === undefined ? MAINS_HZ : [machine.lineFrequencyHz]) {
    const foreign = placesHz.filter((hz) => isMultiple(hz, { mainsHz, stepHz })).length
    if (2 * foreign <= harmonics.length) continue
    return `${foreign} of ${harmonics.length} harmonics coincide with multiples of the mains’ ${mainsHz} Hz, as a converter makes them; whether they are gone the moment the motor is switched off would tell`
  }
  return null
}

function standing(channel: ChannelEvidence, orders: readonly number[]): number[] {
  return orders.filter((order) => channel.relative(order) > 0)
}

/** Multiples of both mains frequencies are electricity until shown otherwise. */
function isMains(frequencyHz: number, stepHz: number): boolean {
  return MAINS_HZ.some((mainsHz) => isMultiple(frequencyHz, { mainsHz, stepHz }))
}

function isMultiple(frequencyHz: number, { mainsHz, stepHz }: { readonly mainsHz: number; readonly stepHz: number }): boolean {
  return Math.abs(frequencyHz - mainsHz * Math.max(1, Math.round(frequencyHz / mainsHz))) < Math.max(0.1, 2 * stepHz)
}
