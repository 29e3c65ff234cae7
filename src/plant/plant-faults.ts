import { Fault } from '../faults/fault.js'

/** What can go wrong in the plant on demand (`simulate --fault NAME`). */
export const PLANT_FAULTS = {
  bearing: { description: 'pump-247: the outer race of the drive-end bearing is about to fail' },
  cavitation: { description: 'pump-247: starved suction, pressure and flow fluctuate, broadband vibration rises' },
  unbalance: { description: 'pump-247: vibration at shaft speed is four times what it was at commissioning' },
  'stuck-sensor': { description: 'pump-247/discharge-pressure shows the same value from the fifth second on' },
  'noisy-sensor': { description: 'pump-247/drive-end-temperature is buried in noise with spikes' },
  'silent-unit': { description: 'Modbus unit 2 (power meter) never answers; the units beside it do' },
  'exception-register': { description: 'Modbus unit 1 answers exception 4 (device failure) for its winding temperature' },
  'clock-drift': { description: 'the time stamps of MQTT and OPC UA run 2.5 s ahead, and 5 ms more each second' },
  dropout: { description: 'MQTT: four seconds out of every twenty are missing, waveform blocks included' },
} as const satisfies Readonly<Record<string, { readonly description: string }>>

export type PlantFaultName = keyof typeof PLANT_FAULTS

/**
 * The names of faults, each once.
 * @throws Fault PLANT_FAULT_UNKNOWN with the list of those that exist.
 */
export function plantFaultNames(names: readonly string[]): ReadonlySet<PlantFaultName> {
  for (const name of names) {
    if (Object.hasOwn(PLANT_FAULTS, name)) continue
    const known = Object.keys(PLANT_FAULTS).join(', ')
    throw new Fault('PLANT_FAULT_UNKNOWN', {
      message: `the plant has no fault named '${name}'`,
      because: `it knows ${known}`,
      advice: { known: Object.keys(PLANT_FAULTS)[0] ?? '' },
    })
  }
  return new Set(names as readonly PlantFaultName[])
}
