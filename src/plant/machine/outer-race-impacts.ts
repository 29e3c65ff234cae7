import type { BearingGeometry } from '../../readings/asset.js'
import { gaussianAt, smoothNoiseAt, streamSeed } from './seeded-noise.js'
import { revolutionsAt, type Shaft, timeOfRevolutions } from './shaft.js'

/** Rolling elements slip: they pass about 1 % less often than geometry says (Randall & Antoni 2011, section 2). */
const MEAN_SLIP = 0.01
/** Standard deviation of one impact's moment, as a fraction of the time between two. */
const JITTER = 0.008
/** The cage runs ahead and behind by this fraction of a period over some sixty impacts. */
const WANDER = 0.2

/** How often a rolling element passes a point of the outer race, per turn of the shaft: n/2 · (1 − d/D · cos α). */
export function outerRaceOrder(bearing: BearingGeometry): number {
  const ratio = bearing.ballDiameterMm / bearing.pitchDiameterMm
  return (bearing.rollingElements / 2) * (1 - ratio * Math.cos((bearing.contactAngleDeg * Math.PI) / 180))
}

export interface Impact {
  readonly timeS: number
  /** Relative strength, about 1. */
  readonly strength: number
}

/**
 * The moments when rolling elements hit a spall on the outer race, between two times, in order.
 * The same impacts however the time is cut: each follows from its number.
 */
export function outerRaceImpacts(shaft: Shaft, bearing: BearingGeometry, seed: number, fromS: number, toS: number): Impact[] {
  const perTurn = outerRaceOrder(bearing) * (1 - MEAN_SLIP)
  const jitterSeed = streamSeed(seed, 'impact jitter')
  const wanderSeed = streamSeed(seed, 'cage wander')
  const strengthSeed = streamSeed(seed, 'impact strength')
  const impacts: Impact[] = []
  const last = Math.ceil(perTurn * revolutionsAt(shaft, toS)) + 2
  for (let number = Math.floor(perTurn * revolutionsAt(shaft, fromS)) - 2; number <= last; number++) {
    const offset = JITTER * gaussianAt(jitterSeed, number) + WANDER * smoothNoiseAt(wanderSeed, number, 1 / 64)
    const timeS = timeOfRevolutions(shaft, (number + offset) / perTurn)
    if (timeS < fromS || timeS >= toS) continue
    impacts.push({ timeS, strength: Math.max(0.4, 1 + 0.15 * gaussianAt(strengthSeed, number)) })
  }
  return impacts
}
