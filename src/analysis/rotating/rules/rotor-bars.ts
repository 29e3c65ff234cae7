import { slowWander } from '../../orders/shaft-phase.js'
import { isSignificant, lineAt } from '../line-spectrum.js'
import type { ChannelEvidence, MachineEvidence } from '../machine-evidence.js'
import { isCounted, pooledLogChance } from '../pooled-lines.js'
import type { RuleAnswer } from './rule.js'

/** Sidebands closer than this many bins are the foot of the line between them. */
const LEAST_BINS = 5
/** Sidebands of a tenth of 1× are more than load changes make. */
const STRONG = 0.1
const NOTED = 0.02

/**
 * Rotor bars: sidebands at the pole-pass frequency around 1×, and at twice the line frequency around bars × speed.
 *
 * slip = 2·f_line/poles − f,  pole pass = poles × slip
 *
 * @see [Rotasci2019], [CbmConnect], [Mobius2L]
 */
export function judgeRotorBars(evidence: MachineEvidence): RuleAnswer {
  const { lineFrequencyHz: lineHz, poles, rotorBars } = evidence.machine
  if (lineHz === undefined || poles === undefined) return { notJudged: 'line frequency and number of poles are not both stated' }
  const slipHz = (2 * lineHz) / poles - evidence.shaftHz
  if (!(slipHz > 0) || slipHz > 0.15 * evidence.shaftHz) {
    return { notJudged: `a motor of ${poles} poles at ${lineHz} Hz does not turn at ${(60 * evidence.shaftHz).toFixed(0)} rpm by slip` }
  }
  if (evidence.speed.source === 'stated') {
    return { notJudged: 'the slip needs the speed more exactly than it is stated; a longer record, which may show it, or a tacho would do' }
  }
  const passHz = poles * slipHz
  const { step } = evidence.channels[0].hertz
  if (passHz < LEAST_BINS * step) {
    return { notJudged: `pole-pass sidebands at ${passHz.toFixed(2)} Hz need a record of ${Math.ceil(LEAST_BINS / passHz)} s or more` }
  }
  if (slowWander(evidence.phase) > passHz / 2) {
    return { notJudged: `the speed changes by more than half of the ${passHz.toFixed(2)} Hz at which pole-pass sidebands lie` }
  }
  for (const channel of evidence.channels) {
    // Over time, not angle: a phase that is followed takes the modulation with it.
    const centre = lineAt(channel.hertz, evidence.shaftHz, channel.hertz.step)
    const lines = [-1, 1].map((side) => lineAt(channel.hertz, evidence.shaftHz + side * passHz, 0.1 * passHz))
    const pair = { logChance: pooledLogChance(lines) }
    const stands = isSignificant(centre) && isSignificant(pair) && lines.every(isCounted)
    const share = stands ? Math.hypot(...lines.map((line) => line?.rms ?? 0)) / centre.rms : 0
    const bars = rotorBars === undefined ? null : barPass(channel, { barHz: rotorBars * evidence.shaftHz, twiceLineHz: 2 * lineHz })
    if (share < NOTED && !bars) continue
    return {
      code: 'rotor-bars',
      severity: share >= STRONG ? 'warning' : 'note',
      evidence: [
        ...(share >= NOTED
          ? [
              `sidebands ±${passHz.toFixed(2)} Hz (${poles} poles × ${slipHz.toFixed(2)} Hz slip) around 1×, together ${(100 * share).toFixed(0)} % of it: consistent with broken or cracked rotor bars`,
            ]
          : []),
        ...(bars ? [bars] : []),
      ].join('; '),
      alsoConsistentWith: [
        'eccentric rotor',
        'a load that changes at that rate',
        ...(bars ? ['the usual slotting of a sound rotor: only a change counts'] : []),
      ],
      wouldTell: 'the spectrum of the motor current at full load, zoomed around the line frequency',
      log10Chance: Math.max(-300, pair.logChance / Math.LN10),
    }
  }
  return null
}

/** In words, where a line at the bars' rate stands between lines at twice the line frequency. */
function barPass(
  channel: ChannelEvidence,
  { barHz, twiceLineHz }: { readonly barHz: number; readonly twiceLineHz: number },
): string | null {
  const [below, centre, above] = [-1, 0, 1].map((side) => lineAt(channel.hertz, barHz + side * twiceLineHz, 2e-4 * barHz))
  const sides = [below ?? null, above ?? null].filter(isSignificant).length
  if (sides < 2) return null
  return `${isSignificant(centre ?? null) ? 'a line' : 'no line'} at rotor bar pass (${barHz.toFixed(1)} Hz) and both sidebands at ${twiceLineHz} Hz: consistent with loose or open rotor bars`
}
