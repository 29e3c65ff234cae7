import { addRinging } from './ringing.js'
import { gaussian } from './seeded-random.js'

/** Samples that are added to, and the shaft they belong to. */
export interface SignalFrame {
  readonly samples: Float64Array
  readonly sampleRateHz: number
  readonly shaftHz: number
}

/** What a machine without a bearing defect may sound like. */
export const HEALTHY_MACHINES = [
  'white',
  'coloured',
  'shaft-harmonics',
  'gear-mesh',
  'random-impacts',
  'mains-impulses',
  'electrical',
  'modulated-noise',
  'wandering-speed',
] as const
export type HealthyMachine = (typeof HEALTHY_MACHINES)[number]

/** Every machine has noise of its own colour; on top comes what it is named after, of a strength drawn from the seed. */
export function addHealthyMachine(frame: SignalFrame, machine: HealthyMachine, random: () => number): void {
  addNoise(frame, machine === 'white' ? 0 : 0.3 + 0.6 * random(), random)
  if (machine === 'white' || machine === 'coloured') return
  if (machine === 'wandering-speed') addHarmonics(frame, { wander: 0.002 + 0.008 * random(), count: 8 }, random)
  else addHarmonics(frame, { wander: 0, count: 3 }, random)
  if (machine === 'shaft-harmonics') addHarmonics(frame, { wander: 0, count: 20 }, random)
  if (machine === 'gear-mesh') addGearMesh(frame, random)
  if (machine === 'random-impacts') addImpacts(frame, { rateHz: 2 + 30 * random(), regularity: 'random' }, random)
  if (machine === 'mains-impulses') addImpacts(frame, { rateHz: random() < 0.5 ? 100 : 50, regularity: 'exact' }, random)
  if (machine === 'electrical') addElectricalLines(frame, random)
  if (machine === 'modulated-noise') modulateByShaft(frame, random)
}

/** Gaussian noise of variance 1 through x[n] = a·x[n−1] + e[n]. */
function addNoise({ samples }: SignalFrame, colour: number, random: () => number): void {
  const gain = Math.sqrt(1 - colour * colour)
  let last = 0
  for (let k = 0; k < samples.length; k++) {
    last = colour * last + gain * gaussian(random)
    samples[k] = (samples[k] ?? 0) + last
  }
}

/** Harmonics of the shaft, whose speed may wander by a share of itself over seconds. */
function addHarmonics(
  { samples, sampleRateHz, shaftHz }: SignalFrame,
  { wander, count }: { readonly wander: number; readonly count: number },
  random: () => number,
): void {
  const partials = Array.from({ length: count }, (_, k) => ({
    order: k + 1,
    amplitude: (2 * random()) / Math.sqrt(k + 1),
    phase: 2 * Math.PI * random(),
  }))
  const wanderHz = 0.2 + random()
  for (let k = 0; k < samples.length; k++) {
    const time = k / sampleRateHz
    const turn = 2 * Math.PI * shaftHz * (time + (wander / (2 * Math.PI * wanderHz)) * Math.sin(2 * Math.PI * wanderHz * time))
    for (const { order, amplitude, phase } of partials) samples[k] = (samples[k] ?? 0) + amplitude * Math.sin(order * turn + phase)
  }
}

/** Three harmonics of a mesh of 13 to 40 teeth, modulated by this shaft and by another one. */
function addGearMesh({ samples, sampleRateHz, shaftHz }: SignalFrame, random: () => number): void {
  const teeth = 13 + Math.floor(28 * random())
  const otherHz = (shaftHz * teeth) / (13 + Math.floor(60 * random()))
  const [own, other, strength] = [random(), random(), 0.5 + 2 * random()]
  for (let k = 0; k < samples.length; k++) {
    const time = k / sampleRateHz
    const envelope = 1 + own * Math.cos(2 * Math.PI * shaftHz * time) + other * Math.cos(2 * Math.PI * otherHz * time)
    for (let harmonic = 1; harmonic <= 3; harmonic++) {
      const hz = harmonic * teeth * shaftHz
      if (hz < sampleRateHz / 2)
        samples[k] = (samples[k] ?? 0) + (strength / harmonic) * envelope * Math.sin(2 * Math.PI * hz * time + harmonic)
    }
  }
}

/** Ringing impacts: at random times, as loose parts and cavitation give, or in step with the mains, as converters give. */
function addImpacts(
  { samples, sampleRateHz }: SignalFrame,
  { rateHz, regularity }: { readonly rateHz: number; readonly regularity: 'random' | 'exact' },
  random: () => number,
): void {
  const resonanceHz = sampleRateHz * (0.1 + 0.35 * random())
  const amplitude = 1 + 6 * random()
  const step = () => (regularity === 'exact' ? 1 : -Math.log(1 - random())) / rateHz
  for (let at = step() * random(); at < samples.length / sampleRateHz; at += step()) {
    const strength = regularity === 'exact' ? 1 : 0.3 + random()
    addRinging(samples, { at, amplitude: amplitude * strength, resonanceHz, decayS: 3 / resonanceHz, sampleRateHz })
  }
}

/** Lines at multiples of the mains, with the slip of an induction motor beside them. */
function addElectricalLines({ samples, sampleRateHz, shaftHz }: SignalFrame, random: () => number): void {
  const mainsHz = random() < 0.5 ? 50 : 60
  const slipHz = Math.abs(mainsHz - shaftHz * Math.max(1, Math.round(mainsHz / shaftHz)))
  const lines = [1, 2, 4, 6, 12].flatMap((order) => [order * mainsHz, order * mainsHz + 2 * slipHz, order * mainsHz - 2 * slipHz])
  const partials = lines.map((hz) => ({ hz, amplitude: 1.5 * random(), phase: 2 * Math.PI * random() }))
  for (let k = 0; k < samples.length; k++) {
    for (const { hz, amplitude, phase } of partials) {
      samples[k] = (samples[k] ?? 0) + amplitude * Math.sin((2 * Math.PI * hz * k) / sampleRateHz + phase)
    }
  }
}

/** Noise that swells with every turn, as flow past blades and rubbing seals give. */
function modulateByShaft({ samples, sampleRateHz, shaftHz }: SignalFrame, random: () => number): void {
  const depth = 0.2 + 0.6 * random()
  const blades = 1 + Math.floor(7 * random())
  for (let k = 0; k < samples.length; k++) {
    const turn = (2 * Math.PI * shaftHz * k) / sampleRateHz
    samples[k] = (samples[k] ?? 0) * (1 + depth * Math.cos(turn) + (depth / 2) * Math.cos(blades * turn + 1))
  }
}
