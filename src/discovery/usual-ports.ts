import { DRIVERS } from '../drivers/registry.js'

/** Ports knocked at in parallel; each port is one connection at a time. */
export const DOORS_AT_ONCE = 16

/** Where the devices of our drivers usually live, each port once. */
export function usualPorts(): readonly number[] {
  return [...new Set(DRIVERS.flatMap((entry) => entry.ports))]
}
