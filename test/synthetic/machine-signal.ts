import { gaussian, seededRandom } from './seeded-random.js'

/** One sinusoid that turns with the shaft, or with the mains. */
export interface Component {
  /** Of the shaft; null where `frequencyHz` says where it lies. */
  readonly order: number | null
  readonly frequencyHz?: number
  readonly velocityMmPerS: number
}

export interface MachineSignal {
  readonly seed: number
  readonly components: readonly Component[]
  readonly sampleRateHz?: number
  readonly durationS?: number
  readonly shaftHz?: number
  /** The shaft runs up evenly to this speed. */
  readonly runUpToHz?: number
  /** Standard deviation of the speed's slow wander, as a share of it. */
  readonly wander?: number
  /** RMS of the noise's acceleration, m/s². */
  readonly noiseMPerS2?: number
  /** 0 white, towards 1 redder. */
  readonly noiseColour?: number
  /** Random noise above `fromHz` whose power beats at an order, as of a pump. */
  readonly hiss?: { readonly fromHz: number; readonly rmsMPerS2: number; readonly beatOrder: number; readonly depth: number }
  /** The noise rings in a structure at this frequency, with this quality. */
  readonly hump?: { readonly frequencyHz: number; readonly quality: number; readonly rmsMPerS2: number }
}

export interface MadeSignal {
  /** Shape (n,), m/s². */
  readonly samples: Float64Array
  readonly sampleRateHz: number
  /** Mean speed over the record, rpm. */
  readonly shaftSpeedRpm: number
  /** Shape (n,), one short pulse a turn, 0 to 5 V with a little noise. */
  readonly tacho: Float64Array
  /** Shape (n,), rotations. */
  readonly revolutions: Float64Array
}

/** Acceleration of a machine: components of given velocity that follow a wandering shaft, coloured noise, hiss, a structural hump. */
export function makeMachineSignal(options: MachineSignal): MadeSignal {
  const { seed, components, sampleRateHz = 6400, durationS = 10, shaftHz = 24.6, wander = 3e-4, noiseMPerS2 = 0.3 } = options
  const random = seededRandom(seed)
  const count = Math.round(sampleRateHz * durationS)
  const revolutions = turning({ count, sampleRateHz, shaftHz, runUpToHz: options.runUpToHz ?? shaftHz, wander }, random)
  const samples = noise(count, noiseMPerS2, options.noiseColour ?? 0, random)
  const meanHz = ((revolutions[count - 1] ?? 0) - (revolutions[0] ?? 0)) / ((count - 1) / sampleRateHz)
  for (const { order, frequencyHz = 0, velocityMmPerS } of components) {
    const phase = 2 * Math.PI * random()
    for (let k = 0; k < count; k++) {
      const turns = order === null ? (frequencyHz * k) / sampleRateHz : order * (revolutions[k] ?? 0)
      const hz = order === null ? frequencyHz : order * meanHz
      samples[k] = (samples[k] ?? 0) + Math.SQRT2 * velocityMmPerS * 1e-3 * 2 * Math.PI * hz * Math.cos(2 * Math.PI * turns + phase)
    }
  }
  if (options.hiss) addHiss(samples, { ...options.hiss, sampleRateHz, revolutions }, random)
  if (options.hump) addHump(samples, { ...options.hump, sampleRateHz }, random)
  const tacho = revolutions.map((turned) => (turned % 1 < 0.03 ? 5 : 0) + 0.05 * gaussian(random))
  return { samples, sampleRateHz, shaftSpeedRpm: 60 * meanHz, tacho, revolutions }
}

function turning(
  options: {
    readonly count: number
    readonly sampleRateHz: number
    readonly shaftHz: number
    readonly runUpToHz: number
    readonly wander: number
  },
  random: () => number,
): Float64Array {
  const { count, sampleRateHz, shaftHz, runUpToHz, wander } = options
  const revolutions = new Float64Array(count)
  // An Ornstein–Uhlenbeck process that forgets in a second.
  const keep = Math.exp(-1 / sampleRateHz)
  let off = wander * gaussian(random)
  let turned = random()
  for (let k = 0; k < count; k++) {
    revolutions[k] = turned
    off = keep * off + Math.sqrt(1 - keep * keep) * wander * gaussian(random)
    turned += ((shaftHz + ((runUpToHz - shaftHz) * k) / count) * (1 + off)) / sampleRateHz
  }
  return revolutions
}

function noise(count: number, rms: number, colour: number, random: () => number): Float64Array {
  const scale = rms * Math.sqrt(1 - colour * colour)
  let before = 0
  return Float64Array.from({ length: count }, () => {
    before = colour * before + scale * gaussian(random)
    return before
  })
}

function addHiss(
  samples: Float64Array,
  options: NonNullable<MachineSignal['hiss']> & { readonly sampleRateHz: number; readonly revolutions: Float64Array },
  random: () => number,
): void {
  const { fromHz, rmsMPerS2, beatOrder, depth, sampleRateHz, revolutions } = options
  // First-order high-pass; its output's RMS for white input is √((1 + a)/2).
  const a = Math.exp((-2 * Math.PI * fromHz) / sampleRateHz)
  const scale = rmsMPerS2 / Math.sqrt((1 + a) / 2)
  let input = 0
  let output = 0
  for (let k = 0; k < samples.length; k++) {
    const next = scale * gaussian(random)
    output = a * output + ((1 + a) / 2) * (next - input)
    input = next
    samples[k] = (samples[k] ?? 0) + output * Math.sqrt(1 + depth * Math.cos(2 * Math.PI * beatOrder * (revolutions[k] ?? 0)))
  }
}

function addHump(
  samples: Float64Array,
  options: NonNullable<MachineSignal['hump']> & { readonly sampleRateHz: number },
  random: () => number,
): void {
  const { frequencyHz, quality, rmsMPerS2, sampleRateHz } = options
  const radius = Math.exp((-Math.PI * frequencyHz) / quality / sampleRateHz)
  const angle = (2 * Math.PI * frequencyHz) / sampleRateHz
  const ringing = new Float64Array(samples.length)
  let power = 0
  for (let k = 0; k < samples.length; k++) {
    ringing[k] = 2 * radius * Math.cos(angle) * (ringing[k - 1] ?? 0) - radius * radius * (ringing[k - 2] ?? 0) + gaussian(random)
    power += (ringing[k] ?? 0) ** 2 / samples.length
  }
  const scale = rmsMPerS2 / Math.sqrt(power)
  for (let k = 0; k < samples.length; k++) samples[k] = (samples[k] ?? 0) + scale * (ringing[k] ?? 0)
}
