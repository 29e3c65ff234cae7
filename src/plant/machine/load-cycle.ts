import { streamSeed, uniformAt } from './seeded-noise.js'

/**
 * How hard a machine works over time, as a fraction of its rated duty: a mean and a few sine terms.
 * Sines because their integral (shaft angle, tank level, energy) and their first-order lag (temperature) are exact at any time,
 * so that no signal depends on where one started to look.
 */
export interface LoadCycle {
  readonly mean: number
  readonly terms: readonly LoadTerm[]
}

interface LoadTerm {
  readonly amplitude: number
  readonly periodS: number
  readonly phaseRad: number
}

/** A load cycle whose phases follow from the seed; shape (k, 2) of amplitude (fraction of rated duty) and period in s. */
export function loadCycle(seed: number, mean: number, swings: readonly (readonly [number, number])[]): LoadCycle {
  const phases = streamSeed(seed, 'load phases')
  return {
    mean,
    terms: swings.map(([amplitude, periodS], index) => ({ amplitude, periodS, phaseRad: 2 * Math.PI * uniformAt(phases, index) })),
  }
}

/** The load at a time, fraction of rated duty. */
export function loadAt(cycle: LoadCycle, timeS: number): number {
  let load = cycle.mean
  for (const term of cycle.terms) load += term.amplitude * Math.sin((2 * Math.PI * timeS) / term.periodS + term.phaseRad)
  return load
}

/** ∫ load dt from 0, in s. */
export function loadIntegralAt(cycle: LoadCycle, timeS: number): number {
  return cycle.mean * timeS + loadSwingIntegralAt(cycle, timeS) - loadSwingIntegralAt(cycle, 0)
}

/** ∫ (load − mean) dt in s, up to a constant: bounded for all times. */
export function loadSwingIntegralAt(cycle: LoadCycle, timeS: number): number {
  let integral = 0
  for (const term of cycle.terms) {
    const angular = (2 * Math.PI) / term.periodS
    integral -= (term.amplitude / angular) * Math.cos(angular * timeS + term.phaseRad)
  }
  return integral
}

/** The load behind a first-order lag: y' = (load − y)/tau, settled long ago. */
export function laggedLoadAt(cycle: LoadCycle, timeS: number, tauS: number): number {
  let lagged = cycle.mean
  for (const term of cycle.terms) {
    const angular = (2 * Math.PI) / term.periodS
    const gain = 1 / Math.hypot(1, angular * tauS)
    lagged += term.amplitude * gain * Math.sin(angular * timeS + term.phaseRad - Math.atan(angular * tauS))
  }
  return lagged
}
