import type { BearingGeometry } from '../../readings/asset.js'
import { laggedLoadAt, loadAt, loadCycle, loadIntegralAt, loadSwingIntegralAt } from './load-cycle.js'
import { type Machine, wearAt } from './machine.js'
import { smoothNoiseAt, streamSeed } from './seeded-noise.js'
import { speedRpmAt } from './shaft.js'
import { velocityRmsAt } from './velocity.js'

export const PUMP_RATED_FLOW_M3_PER_H = 180
const LINE_VOLTAGE_V = 398
const MAGNETISING_A = 30

export interface PumpCondition {
  readonly wearAtStart: number
  /** How strongly the rotor's imbalance shows, 1 = as commissioned. */
  readonly unbalance: number
  readonly cavitates: 'yes' | 'no'
}

/** A 45 kW centrifugal pump: a duty cycle of two minutes with slower and faster swings on it. */
export function pumpSet(seed: number, bearing: BearingGeometry, condition: PumpCondition): Machine {
  const own = streamSeed(seed, 'pump-247')
  const load = loadCycle(own, 0.78, [
    [0.13, 120],
    [0.015, 40],
    [0.03, 53],
    [0.018, 19],
    [0.012, 7.3],
  ])
  return {
    key: 'pump-247',
    seed: own,
    load,
    shaft: { load, noLoadRpm: 1500, droopRpm: 18 },
    bearing,
    wear: { atStart: condition.wearAtStart, growthTimeS: 1800 },
    vibration: {
      lines: [
        { order: 1, velocityRmsMmPerS: 1.6 * condition.unbalance },
        { order: 2, velocityRmsMmPerS: 0.55 },
        { order: 3, velocityRmsMmPerS: 0.2 },
        { order: 5, velocityRmsMmPerS: condition.cavitates === 'yes' ? 0.9 : 0.6 },
        { order: 10, velocityRmsMmPerS: 0.15 },
      ],
      noiseRmsMPerS2: 0.5,
      resonanceHz: 3200,
      dampingRatio: 0.04,
      impactPeakMPerS2: 26,
    },
    cavitates: condition.cavitates,
  }
}

/** What the pump's transmitters see at a time after the plant started; one function per measuring point, in the unit of points.ts. */
export const PUMP_SCALARS = {
  'motor-current': (pump, timeS) => Math.hypot(MAGNETISING_A, (1000 * powerKwAt(pump, timeS)) / (Math.sqrt(3) * LINE_VOLTAGE_V)),
  'motor-power': (pump, timeS) => powerKwAt(pump, timeS),
  'motor-energy': (pump, timeS) => 48_210 + (10 * timeS + 34 * loadIntegralAt(pump.load, timeS)) / 3600,
  'motor-winding-temperature': (pump, timeS) =>
    ambientAt(pump, timeS) + 62 * laggedLoadAt(pump.load, timeS, 300) + 0.05 * noiseAt(pump, 'winding', timeS, 1),
  'drive-end-temperature': (pump, timeS) =>
    ambientAt(pump, timeS) +
    30 * laggedLoadAt(pump.load, timeS, 120) +
    20 * wearAt(pump.wear, timeS) +
    0.05 * noiseAt(pump, 'bearing temperature', timeS, 1),
  'suction-pressure': (pump, timeS) => {
    const filled = 0.85 + 0.004 * (tankLevelAt(pump, timeS) - 60) - 0.3 * (flowAt(pump, timeS) / PUMP_RATED_FLOW_M3_PER_H) ** 2
    const starved = pump.cavitates === 'yes' ? -0.9 + 0.12 * noiseAt(pump, 'starved', timeS, 4) : 0
    return filled + starved + 0.004 * noiseAt(pump, 'suction', timeS, 3)
  },
  'discharge-pressure': (pump, timeS) => {
    const head = 9.6 - 2.6 * (flowAt(pump, timeS) / PUMP_RATED_FLOW_M3_PER_H) ** 2
    const broken = pump.cavitates === 'yes' ? -0.9 + 0.35 * noiseAt(pump, 'broken head', timeS, 4) : 0
    return head + broken + 0.01 * noiseAt(pump, 'discharge', timeS, 3)
  },
  flow: (pump, timeS) => flowAt(pump, timeS),
  'tank-level': (pump, timeS) => tankLevelAt(pump, timeS),
  speed: (pump, timeS) => speedRpmAt(pump.shaft, timeS),
  'drive-end-velocity': (pump, timeS) => velocityRmsAt(pump, timeS) * (1 + 0.01 * noiseAt(pump, 'velocity', timeS, 1)),
} as const satisfies Record<string, (pump: Machine, timeS: number) => number>

/** Linear in the load, so that energy is exact. */
function powerKwAt(pump: Machine, timeS: number): number {
  return 10 + 34 * loadAt(pump.load, timeS)
}

function flowAt(pump: Machine, timeS: number): number {
  const cavitating = pump.cavitates === 'yes'
  const turbulence = (cavitating ? 0.02 : 0.004) * noiseAt(pump, 'turbulence', timeS, 2)
  return PUMP_RATED_FLOW_M3_PER_H * loadAt(pump.load, timeS) * (cavitating ? 0.9 : 1) * (1 + turbulence)
}

/** The tank fills at the mean rate and is emptied at the pump's. */
function tankLevelAt(pump: Machine, timeS: number): number {
  return 60 - 2.5 * loadSwingIntegralAt(pump.load, timeS) + 0.02 * noiseAt(pump, 'level', timeS, 1)
}

function ambientAt(pump: Machine, timeS: number): number {
  return 22 + 1.5 * Math.sin((2 * Math.PI * timeS) / 7200 + (pump.seed % 6))
}

function noiseAt(pump: Machine, name: string, timeS: number, rateHz: number): number {
  return smoothNoiseAt(streamSeed(pump.seed, name), timeS, rateHz)
}
