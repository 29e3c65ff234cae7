import { slowWander } from '../../orders/shaft-phase.js'
import { isSignificant, lineAt } from '../line-spectrum.js'
import type { ChannelEvidence, MachineEvidence } from '../machine-evidence.js'
import { SMALLEST_A_B, severityOfVelocity, velocityFactor } from '../velocity-severity.js'
import type { RuleAnswer } from './rule.js'

/** Mains hold their frequency within a few tenths of a per cent. */
const MAINS_TOLERANCE = 0.003
const HARMONICS_NEARBY = 20

/**
 * Magnetic forces: a line at exactly twice the line frequency, which the stator and an uneven air gap make.
 * @see [VibrationReports2L], [Mobius2L]
 */
export function judgeElectrical(evidence: MachineEvidence): RuleAnswer {
  const { machine, shaftHz } = evidence
  const { lineFrequencyHz: lineHz } = machine
  if (lineHz === undefined) return { notJudged: 'the line frequency is not stated' }
  const twiceHz = 2 * lineHz
  let best: {
    readonly channel: ChannelEvidence
    readonly velocity: number | null
    readonly rms: number
    readonly logChance: number
    readonly hz: number
  } | null = null
  for (const channel of evidence.channels) {
    const line = lineAt(channel.hertz, twiceHz, MAINS_TOLERANCE * twiceHz)
    if (!isSignificant(line)) continue
    const harmonic = Math.round(line.position / shaftHz)
    const wander = (harmonic * slowWander(evidence.phase)) / 2
    const apartHz = Math.abs(harmonic * shaftHz - line.position)
    if (harmonic >= 1 && harmonic <= HARMONICS_NEARBY && apartHz < 3 * channel.hertz.step + wander) {
      return {
        notJudged: `${harmonic}× of the shaft (${(harmonic * shaftHz).toFixed(2)} Hz) and twice the line frequency (${twiceHz} Hz) lie closer than this record separates (${(3 * channel.hertz.step).toFixed(2)} Hz); record longer, or watch the line as the motor is switched off`,
      }
    }
    const factor = velocityFactor(channel.unit, line.position)
    if (best && best.rms >= line.rms) continue
    best = { channel, velocity: factor === null ? null : line.rms * factor, rms: line.rms, logChance: line.logChance, hz: line.position }
  }
  if (!best) return null
  if (best.velocity === null) return { notJudged: 'twice the line frequency hums in every motor; whether this is much needs a stated unit' }
  if (best.velocity < SMALLEST_A_B) return null
  const level = severityOfVelocity(best.velocity, machine)
  const single = lineAt(best.channel.hertz, lineHz, MAINS_TOLERANCE * lineHz)
  const isPickup = isSignificant(single) && single.rms >= best.rms / 2
  return {
    code: 'electrical',
    severity: isPickup ? 'note' : level.severity,
    evidence: `${best.velocity.toPrecision(3)} mm/s at ${best.hz.toFixed(2)} Hz, twice the line frequency; ${isPickup ? 'a line at the single frequency stands beside it; ' : ''}${level.zone}`,
    alsoConsistentWith: [
      'uneven air gap',
      'loose or shorted stator',
      'unequal phase voltages',
      'soft foot that bends the frame',
      ...(isPickup ? ['mains picked up by the cable, which shows the single frequency too'] : []),
    ],
    wouldTell: 'whether the line is gone the moment the motor is switched off, and currents and voltages of all phases',
    log10Chance: Math.max(-300, best.logChance / Math.LN10),
  }
}
