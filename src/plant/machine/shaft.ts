import { type LoadCycle, loadAt, loadIntegralAt } from './load-cycle.js'

/** An induction motor's shaft: slip grows with load. */
export interface Shaft {
  readonly load: LoadCycle
  readonly noLoadRpm: number
  /** How much slower it turns at rated load than without. */
  readonly droopRpm: number
}

export function speedRpmAt(shaft: Shaft, timeS: number): number {
  return shaft.noLoadRpm - shaft.droopRpm * loadAt(shaft.load, timeS)
}

/** Turns since time 0; the exact integral of the speed. */
export function revolutionsAt(shaft: Shaft, timeS: number): number {
  return (shaft.noLoadRpm * timeS - shaft.droopRpm * loadIntegralAt(shaft.load, timeS)) / 60
}

/** When the shaft has made that many turns (Newton; speed changes by a percent at most, so three steps reach rounding error). */
export function timeOfRevolutions(shaft: Shaft, revolutions: number): number {
  let timeS = (revolutions * 60) / (shaft.noLoadRpm - shaft.droopRpm * shaft.load.mean)
  for (let step = 0; step < 4; step++) {
    timeS -= ((revolutionsAt(shaft, timeS) - revolutions) * 60) / speedRpmAt(shaft, timeS)
  }
  return timeS
}
