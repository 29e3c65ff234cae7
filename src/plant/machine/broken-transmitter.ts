import type { PlantFaultName } from '../plant-faults.js'
import { gaussianAt, streamSeed, uniformAt } from './seeded-noise.js'

const STUCK_FROM_S = 5
const NOISE_SIGMA = 3
const SPIKE_SHARE = 0.02
const SPIKE = 60

/** What a transmitter shows of a true value: the value itself, unless one of the sensor faults sits on this point. */
export function brokenTransmitter(
  key: string,
  read: (timeS: number) => number,
  timeS: number,
  plant: { readonly seed: number; readonly faults: ReadonlySet<PlantFaultName> },
): number {
  if (key === 'pump-247/discharge-pressure' && plant.faults.has('stuck-sensor')) return read(Math.min(timeS, STUCK_FROM_S))
  if (key === 'pump-247/drive-end-temperature' && plant.faults.has('noisy-sensor')) {
    const seed = streamSeed(plant.seed, 'bad contact')
    const tick = Math.floor(timeS * 10)
    const spike = uniformAt(seed, 4 * tick + 2) < SPIKE_SHARE ? SPIKE : 0
    return read(timeS) + NOISE_SIGMA * gaussianAt(seed, 4 * tick) + spike
  }
  return read(timeS)
}
