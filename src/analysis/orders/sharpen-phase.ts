import type { AngularRecord } from './resample-by-angle.js'

/** How far the true angle runs ahead of the one assumed. */
export interface PhaseCorrection {
  /** Shape (n,): places on the assumed scale, rotations. */
  readonly revolution: Float64Array
  /** Same shape: to be added, rotations. */
  readonly ahead: Float64Array
  /** The order whose phase was followed. */
  readonly order: number
  /** Mean power of that line over the noise in the window's bandwidth. */
  readonly overNoise: number
}

/**
 * Follows the phase of one order through a record that is already nearly even in angle, by a Hann-weighted Fourier coefficient sliding along.
 *
 * z(θ) = Σ w·y·e^(−2πi·o·θ),  ahead(θ) = unwrapped arg z(θ) / (2π·o)
 *
 * @param options.windowRevolutions length of the window; orders closer than 2/length mix.
 * @param options.orders candidates; the one with the most o²·(power over noise) is followed, since its phase is the sharpest ruler.
 * @returns null where the record holds fewer than three windows.
 */
export function sharpenPhase(
  record: AngularRecord,
  options: { readonly windowRevolutions: number; readonly orders: readonly number[] },
): PhaseCorrection | null {
  const size = 2 * Math.round((options.windowRevolutions * record.samplesPerRevolution) / 2)
  const hop = Math.max(1, Math.floor(size / 8))
  const places = Math.floor((record.samples.length - size) / hop) + 1
  if (places < 17) return null
  const slide = (order: number) => slidingLine(record, { order, size, hop, places })
  let best: { readonly order: number; readonly angle: Float64Array; readonly overNoise: number; readonly worth: number } | null = null
  for (const order of options.orders.filter((candidate) => candidate + 2 / options.windowRevolutions < record.maxOrder)) {
    const line = slide(order)
    // Beside the line, two window widths off; the quieter side, since the other may hold a neighbour.
    const aside = [-2, 2].map((side) => slide(order + (side * record.samplesPerRevolution) / size).power)
    const overNoise = line.power / Math.max(Number.MIN_VALUE, Math.min(...aside))
    const worth = order ** 2 * Math.max(0, overNoise - 1)
    if (!best || worth > best.worth) best = { order, angle: line.angle, overNoise, worth }
  }
  if (!best) return null
  const { order } = best
  return {
    revolution: Float64Array.from(
      { length: places },
      (_, k) => record.firstRevolution + (k * hop + (size - 1) / 2) / record.samplesPerRevolution,
    ),
    ahead: best.angle.map((angle) => angle / (2 * Math.PI * order)),
    order,
    overNoise: best.overNoise,
  }
}

function slidingLine(
  record: AngularRecord,
  { order, size, hop, places }: { readonly order: number; readonly size: number; readonly hop: number; readonly places: number },
): { readonly power: number; readonly angle: Float64Array } {
  const { samples, samplesPerRevolution } = record
  const step = (2 * Math.PI * order) / samplesPerRevolution
  const cos = new Float64Array(size)
  const sin = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    const weight = 1 - Math.cos((2 * Math.PI * (k + 0.5)) / size)
    cos[k] = weight * Math.cos(step * k)
    sin[k] = -weight * Math.sin(step * k)
  }
  const angle = new Float64Array(places)
  let power = 0
  let before = 0
  for (let place = 0; place < places; place++) {
    const start = place * hop
    let re = 0
    let im = 0
    for (let k = 0; k < size; k++) {
      re += samples[start + k]! * cos[k]!
      im += samples[start + k]! * sin[k]!
    }
    power += (re * re + im * im) / places
    const raw = Math.atan2(im, re) - ((step * start) % (2 * Math.PI))
    const turned = place === 0 ? raw : before + wrapped(raw - before)
    angle[place] = turned
    before = turned
  }
  return { power, angle }
}

function wrapped(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))
}
