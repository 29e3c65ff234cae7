import type { RunningPlant } from '../../running-plant.js'

const EVERY_S = 20
const FROM_S = 10
const UNTIL_S = 14

/** Whether the radio is out of reach at a plant time, under the fault of that name: seconds 10 to 14 of every twenty. */
export function isDroppedOut(plant: RunningPlant, timeS: number): boolean {
  const within = timeS % EVERY_S
  return plant.faults.has('dropout') && within >= FROM_S && within < UNTIL_S
}
