import { followStrongestOrder } from '../orders/follow-strongest-order.js'
import { halvedWhile } from '../orders/halved-rate.js'
import { PASSED_SHARE } from '../orders/resample-by-angle.js'
import type { ShaftPhase } from '../orders/shaft-phase.js'
import type { Samples } from '../samples.js'
import { type LineSpectrum, lineAt, lineSpectrum } from './line-spectrum.js'
import type { MachineDescription } from './machine-description.js'
import { bestFamily, isCounted } from './pooled-lines.js'

/** A speed that noise suggests once in a thousand records costs no more than looking for lines at places that mean nothing. */
const RELIABLE = Math.log(1e-3)
/** Orders that nearly every shaft shows a little of. */
const SHAFT_ORDERS = [1, 2, 3, 4, 5]
/** Two lines of something else, say of a bearing, fit the orders of some speed nearby; three hardly do. */
const LEAST_ORDERS = 3
/** Rotations of a segment, as the rules look at. */
const SEGMENT_REVOLUTIONS = 256
/** Speeds within this share are one and the same. */
const AGREEMENT = 0.005
/** A speed that is called steady may wander by so much of itself, and its lines with it. */
const WANDER = 3e-4
/** Twice the main lobe of a Hann window, bins. */
const MAINS_BINS = 3

export interface SteadySpeed {
  readonly phase: ShaftPhase
  /** 0–1: one minus the share of the evidence that the best other speed has. */
  readonly confidence: number
  /** Whether an order stood clear enough for its phase to be followed; else the speed is one number for the whole record. */
  readonly isFollowed: boolean
}

/**
 * A speed that hardly changes, from all of a record at once: the one whose orders, those of wheels and blades among them, noise would show least
 * often together. Finds lines that are too weak to be followed from stretch to stretch.
 *
 * @param samples shape (n,), any unit.
 * @param options.searchHz rotations per second.
 * @returns null where noise gives as much once in a thousand records, or fewer than three orders stand out.
 */
export function steadySpeed(
  samples: Samples,
  options: {
    readonly sampleRateHz: number
    readonly searchHz: { readonly lowHz: number; readonly highHz: number }
    readonly machine: MachineDescription
    readonly mainsHz: readonly number[]
  },
): SteadySpeed | null {
  const { lowHz, highHz } = options.searchHz
  const carriedHz = PASSED_SHARE * options.sampleRateHz
  const orders = expectedOrders(options.machine).filter((order) => order * highHz < carriedHz)
  if (orders.length === 0) return null
  const record = halvedWhile({ samples, sampleRateHz: options.sampleRateHz }, (Math.max(...orders) + 1) * highHz)
  const segmentLength = Math.round((SEGMENT_REVOLUTIONS * record.sampleRateHz) / Math.sqrt(lowHz * highHz))
  const spectrum = lineSpectrum(record.samples, { rate: record.sampleRateHz, segmentLength, reach: lowHz / 2 })
  const heard = withoutMains(spectrum, options.mainsHz)
  const familyIn = (low: number, high: number) => bestFamily(heard, { low, high, multiples: orders, tolerance: WANDER })
  const best = familyIn(lowHz, highHz)
  if (!best || best.logChance > RELIABLE) return null
  const shaftHz = best.fundamental
  const standing = orders.filter((order) => isCounted(lineAt(heard, order * shaftHz, WANDER * order * shaftHz)))
  if (standing.length < LEAST_ORDERS) return null
  const rivals = [familyIn(lowHz, shaftHz * (1 - AGREEMENT)), familyIn(shaftHz * (1 + AGREEMENT), highHz)]
  const rivalChance = Math.min(0, ...rivals.map((rival) => rival?.logChance ?? 0))
  const even = evenPhase(shaftHz, record.samples.length / record.sampleRateHz)
  const followed = followStrongestOrder(record, { phase: even, orders, mainsHz: options.mainsHz })
  return {
    phase: followed?.phase ?? even,
    confidence: Math.max(0, 1 - rivalChance / best.logChance),
    isFollowed: followed !== null,
  }
}

/** The shaft's own, blade pass, and meshes with the neighbours that tell a mesh from its sidebands; ascending. */
function expectedOrders({ blades, gears }: MachineDescription): readonly number[] {
  const meshes = (gears ?? []).flatMap(({ teeth, speedRatio = 1 }) => [teeth - 1, teeth, teeth + 1].map((line) => line * speedRatio))
  const orders = new Set([...SHAFT_ORDERS, ...(blades === undefined ? [] : [blades]), ...meshes])
  return [...orders].filter((order) => order > 0).sort((a, b) => a - b)
}

/** What lies at multiples of the mains belongs to no shaft: there the spectrum is its noise. */
function withoutMains(spectrum: LineSpectrum, mainsHz: readonly number[]): LineSpectrum {
  const power = spectrum.power.slice()
  for (const hz of mainsHz) {
    for (let centre = hz / spectrum.step; centre < power.length; centre += hz / spectrum.step) {
      const first = Math.max(0, Math.ceil(centre - MAINS_BINS))
      for (let k = first; k <= centre + MAINS_BINS && k < power.length; k++) power[k] = spectrum.floor[k]!
    }
  }
  return { ...spectrum, power }
}

/** A shaft that turns evenly, with a place a turn, where a phase that is followed can differ. */
function evenPhase(shaftHz: number, durationS: number): ShaftPhase {
  const count = Math.max(8, Math.ceil(durationS * shaftHz))
  const timeS = Float64Array.from({ length: count }, (_, k) => (k * durationS) / (count - 1))
  return { timeS, revolutions: timeS.map((at) => at * shaftHz) }
}
