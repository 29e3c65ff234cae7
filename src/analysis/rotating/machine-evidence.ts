import { halvedWhile } from '../orders/halved-rate.js'
import { type AngularRecord, PASSED_SHARE, resampleByAngle } from '../orders/resample-by-angle.js'
import type { Samples } from '../samples.js'
import { isSignificant, type LineSpectrum, lineAt, lineSpectrum, type SpectralLine } from './line-spectrum.js'
import type { MachineDescription } from './machine-description.js'
import type { MachineSpeed } from './machine-fault.js'
import type { Direction, MachineChannel, MachineRecord } from './machine-record.js'
import { type ResolvedSpeed, resolveSpeed } from './resolve-speed.js'
import { velocityFactor } from './velocity-severity.js'

/** What the rules look at. */
export interface MachineEvidence {
  readonly machine: MachineDescription
  readonly shaftHz: number
  readonly speed: MachineSpeed
  readonly phase: ResolvedSpeed['phase']
  readonly durationS: number
  readonly sampleRateHz: number
  readonly channels: readonly [ChannelEvidence, ...ChannelEvidence[]]
  readonly baseline: MachineRecord['baseline']
}

/** One channel, over orders and over hertz. */
export interface ChannelEvidence {
  readonly samples: Samples
  readonly direction: Direction | null
  readonly unit: string | null
  readonly angular: AngularRecord
  readonly orders: LineSpectrum
  readonly hertz: LineSpectrum
  /** The line at an order; null beyond what the rate carries. */
  line(order: number): SpectralLine | null
  /** Velocity RMS of the line at an order, mm/s, 0 where it does not stand out; null without unit or beyond the rate. */
  velocity(order: number): number | null
  /** The same for ratios between orders: without a unit as if it were acceleration, which makes least of the higher ones; 0 beyond the rate. */
  relative(order: number): number
}

/** Fewer rotations do not separate half orders from their neighbours and leave no noise between them. */
const LEAST_REVOLUTIONS = 32
/** Rotations of a segment: lines 1/64 of an order apart are separate; longer records are averaged. */
const SEGMENT_REVOLUTIONS = 256
const LONGEST_SEGMENT = 2 ** 19
/** The shaft's own harmonics are looked at up to here. */
const SHAFT_ORDERS = 12
/** Without a speed of the record's own, lines are looked for this far off. */
export const STATED_TOLERANCE = 0.01

/** Evidence of a record, or why there is none for the rules about shafts. */
export function machineEvidence(record: MachineRecord): {
  readonly evidence: MachineEvidence | null
  readonly why: string
  readonly warnings: readonly string[]
} {
  const { found, warnings } = resolveSpeed(record)
  if (!found) return { evidence: null, why: 'the shaft speed is not known: --speed, or speed_sensor in the site file', warnings }
  const turned = found.phase.revolutions.at(-1)! - found.phase.revolutions[0]!
  if (turned < LEAST_REVOLUTIONS) {
    return { evidence: null, why: `the record holds ${Math.floor(turned)} rotations, at least ${LEAST_REVOLUTIONS} are needed`, warnings }
  }
  const carried = (PASSED_SHARE * record.sampleRateHz) / (found.speed.maxRpm / 60)
  if (carried < 3.5)
    return { evidence: null, why: `a rate of ${record.sampleRateHz} Hz carries no more than order ${carried.toFixed(1)}`, warnings }
  const maxOrder = Math.min(carried, highestOrder(record.machine))
  const evidenceOf = (channel: MachineChannel) => channelEvidence(channel, { record, found, maxOrder })
  return {
    evidence: {
      machine: record.machine,
      shaftHz: found.shaftHz,
      speed: found.speed,
      phase: found.phase,
      durationS: record.samples.length / record.sampleRateHz,
      sampleRateHz: record.sampleRateHz,
      channels: [evidenceOf(record), ...(record.otherChannels ?? []).map(evidenceOf)],
      baseline: record.baseline,
    },
    why: '',
    warnings,
  }
}

/** What the stated parts ask for: second harmonics of blades, third of gears with their sidebands. */
function highestOrder(machine: MachineDescription): number {
  const gears = (machine.gears ?? []).map((gear) => gear.teeth * (gear.speedRatio ?? 1))
  return Math.max(SHAFT_ORDERS, 2 * (machine.blades ?? 0) + 2, ...gears.map((mesh) => 3 * mesh + 2))
}

function channelEvidence(
  channel: MachineChannel,
  context: { readonly record: MachineRecord; readonly found: ResolvedSpeed; readonly maxOrder: number },
): ChannelEvidence {
  const { record, found, maxOrder } = context
  const { sampleRateHz } = record
  const angular = resampleByAngle(channel.samples, { sampleRateHz, phase: found.phase, maxOrder })
  const segment = SEGMENT_REVOLUTIONS * angular.samplesPerRevolution
  const orders = lineSpectrum(angular.samples, { rate: angular.samplesPerRevolution, segmentLength: segment, reach: 0.5 })
  const slow = halvedWhile(
    { samples: channel.samples, sampleRateHz },
    Math.min(PASSED_SHARE * sampleRateHz, electricalTopHz(record, found)),
  )
  const hertz = lineSpectrum(slow.samples, { rate: slow.sampleRateHz, segmentLength: LONGEST_SEGMENT, reach: found.shaftHz / 2 })
  const line = (order: number) =>
    order > angular.maxOrder ? null : lineAt(orders, order, found.speed.source === 'stated' ? STATED_TOLERANCE * order : 0)
  const standing = (order: number) => {
    const found = line(order)
    return isSignificant(found) ? found.rms : 0
  }
  return {
    samples: channel.samples,
    direction: channel.direction ?? null,
    unit: channel.unit,
    angular,
    orders,
    hertz,
    line,
    velocity(order) {
      const factor = velocityFactor(channel.unit, order * found.shaftHz)
      return factor === null || order > maxOrder ? null : standing(order) * factor
    },
    relative: (order) => standing(order) * (velocityFactor(channel.unit, order * found.shaftHz) ?? 1 / order),
  }
}

function electricalTopHz({ machine }: MachineRecord, { shaftHz }: ResolvedSpeed): number {
  return Math.max(400, (machine.rotorBars ?? 0) * shaftHz + 6 * (machine.lineFrequencyHz ?? 60))
}
