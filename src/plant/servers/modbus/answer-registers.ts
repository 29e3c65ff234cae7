import type { RunningPlant } from '../../running-plant.js'
import type { ModbusUnit, RegisterEntry } from './register-map.js'

/** Modbus exception codes (Modbus Application Protocol V1.1b3, section 7). */
export const EXCEPTION = { illegalFunction: 1, illegalAddress: 2, deviceFailure: 4, gatewayTargetSilent: 11 } as const

export type Registers = { readonly words: readonly number[] } | { readonly exception: number }

/** The words that a unit answers for a stretch of its registers, all taken at one moment; a hole anywhere in it is an illegal address. */
export function answerRegisters(
  unit: ModbusUnit,
  table: RegisterEntry['table'],
  stretch: { readonly at: number; readonly count: number },
  plant: RunningPlant,
): Registers {
  const timeS = plant.time.elapsedS()
  const words: number[] = []
  for (let address = stretch.at; address < stretch.at + stretch.count; address++) {
    const entry = unit.registers.find((known) => known.table === table && address >= known.at && address < known.at + known.size)
    if (!entry && !unit.blocks.some(([first, last]) => address >= first && address <= last)) return { exception: EXCEPTION.illegalAddress }
    if (entry?.failsUnder && plant.faults.has(entry.failsUnder)) return { exception: EXCEPTION.deviceFailure }
    words.push(entry?.read(plant, timeS)[address - entry.at] ?? 0)
  }
  return { words }
}
