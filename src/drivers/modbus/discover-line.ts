import type { Finding, Surroundings } from '../contract.js'
import { discoverModbus } from './discover.js'

/** Looks for units on whatever line the scope names. Reads only. */
export async function* discoverLine(scope: string, around: Surroundings): AsyncGenerator<Finding> {
  yield* discoverModbus(scope, around)
}
