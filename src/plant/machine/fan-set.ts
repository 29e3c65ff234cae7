import type { BearingGeometry } from '../../readings/asset.js'
import { laggedLoadAt, loadAt, loadCycle } from './load-cycle.js'
import type { Machine } from './machine.js'
import { smoothNoiseAt, streamSeed } from './seeded-noise.js'
import { speedRpmAt } from './shaft.js'
import { velocityRmsAt } from './velocity.js'

/** An 18.5 kW fan in good health, for comparison. */
export function fanSet(seed: number, bearing: BearingGeometry): Machine {
  const own = streamSeed(seed, 'fan-112')
  const load = loadCycle(own, 0.7, [
    [0.06, 75],
    [0.02, 31],
    [0.01, 11],
  ])
  return {
    key: 'fan-112',
    seed: own,
    load,
    shaft: { load, noLoadRpm: 1500, droopRpm: 32 },
    bearing,
    wear: { atStart: 0, growthTimeS: 1e9 },
    vibration: {
      lines: [
        { order: 1, velocityRmsMmPerS: 0.8 },
        { order: 2, velocityRmsMmPerS: 0.25 },
        { order: 12, velocityRmsMmPerS: 0.3 },
      ],
      noiseRmsMPerS2: 0.4,
      resonanceHz: 2700,
      dampingRatio: 0.05,
      impactPeakMPerS2: 20,
    },
    cavitates: 'no',
  }
}

/** What the fan's transmitters see, in the unit of points.ts. */
export const FAN_SCALARS = {
  'motor-current': (fan, timeS) => Math.hypot(11, (1000 * (3 + 11 * loadAt(fan.load, timeS))) / (Math.sqrt(3) * 398)),
  'drive-end-temperature': (fan, timeS) => 21 + 24 * laggedLoadAt(fan.load, timeS, 150) + 0.05 * noiseAt(fan, 'temperature', timeS),
  'air-flow': (fan, timeS) => 14_000 * loadAt(fan.load, timeS) * (1 + 0.005 * noiseAt(fan, 'draught', timeS)),
  speed: (fan, timeS) => speedRpmAt(fan.shaft, timeS),
  'drive-end-velocity': (fan, timeS) => velocityRmsAt(fan, timeS) * (1 + 0.01 * noiseAt(fan, 'velocity', timeS)),
} as const satisfies Record<string, (fan: Machine, timeS: number) => number>

function noiseAt(fan: Machine, name: string, timeS: number): number {
  return smoothNoiseAt(streamSeed(fan.seed, name), timeS, 1)
}
