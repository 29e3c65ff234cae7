import { gaussianAt, streamSeed } from '../../machine/seeded-noise.js'
import { ticks } from '../../plant-time.js'
import type { RunningPlant } from '../../running-plant.js'
import type { Broker } from './broker.js'

export interface PlainSensors {
  readonly count: number
  readonly rateHz: number
  /** Of so many of its readings one has a new value, the others repeat it; left out: every one. */
  readonly changesEvery?: number
}

/** A period is sent in slices so that ten thousand messages a second do not come in ten bursts. */
const SLICES_PER_PERIOD = 10

/** Many simple sensors, a plain number on `sim/0001/value`, `sim/0002/value`…; each is sent at every period, and as many change at each. */
export async function publishPlainSensors(
  plant: RunningPlant,
  broker: Broker,
  { count, rateHz, changesEvery = 1 }: PlainSensors,
): Promise<void> {
  if (count === 0) return
  const digits = Math.max(4, String(count).length)
  const topics = Array.from({ length: count }, (_, index) => `sim/${String(index + 1).padStart(digits, '0')}/value`)
  const seed = streamSeed(plant.seed, 'plain sensors')
  for await (const tick of ticks(plant.time, 1 / rateHz / SLICES_PER_PERIOD, plant.signal)) {
    const period = Math.floor(tick / SLICES_PER_PERIOD)
    const slice = tick % SLICES_PER_PERIOD
    const sent: Promise<void>[] = []
    for (let index = slice; index < count; index += SLICES_PER_PERIOD) {
      const sinceChange = (period + Math.floor(index / SLICES_PER_PERIOD)) % changesEvery
      const changed = Math.max(0, period - sinceChange)
      sent.push(broker.publish(topics[index] ?? '', plainValue(seed, index, changed / rateHz, changed)))
    }
    await Promise.all(sent)
    plant.published.plainReadings += sent.length
  }
}

function plainValue(seed: number, index: number, timeS: number, period: number): string {
  const swing = 10 * Math.sin((2 * Math.PI * timeS) / (20 + (index % 17)) + index)
  return (50 + swing + 0.2 * gaussianAt(seed + index, period)).toFixed(3)
}
