import type { RunningPlant } from '../../running-plant.js'
import { float32Abcd, tenths } from '../modbus/encode-registers.js'
import type { ModbusUnit, RegisterEntry } from '../modbus/register-map.js'

/** A unit on the serial line, and what its wiring does to its answers. */
export interface LineUnit extends ModbusUnit {
  readonly answers: 'soundly' | 'with-bad-crc'
}

function reading(key: string, encode: (value: number) => readonly number[]): RegisterEntry['read'] {
  return (plant: RunningPlant, timeS: number) => encode(plant.model.scalar(key, timeS) ?? 0)
}

const SHARED = { maker: 'ChatterFix Embedded Plant', hasCoils: 'no', blocks: [[0, 15]] } as const

/** Two transmitters that are well, and one whose transceiver spoils every answer: such a unit is on most lines that somebody asks about. */
export const LINE_UNITS: readonly LineUnit[] = [
  {
    ...SHARED,
    unit: 11,
    product: 'Level Transmitter LT-4',
    revision: '1.1',
    answers: 'soundly',
    registers: [
      { at: 0, table: 'input', size: 2, read: reading('pump-247/tank-level', float32Abcd) },
      { at: 2, table: 'input', size: 2, read: reading('pump-247/suction-pressure', float32Abcd) },
    ],
  },
  {
    ...SHARED,
    unit: 12,
    product: 'Temperature Transmitter TT-2',
    revision: '3.2',
    answers: 'soundly',
    registers: ['drive-end-temperature', 'motor-winding-temperature'].map((name, at): RegisterEntry => {
      return { at, table: 'input', size: 1, read: reading(`pump-247/${name}`, tenths) }
    }),
  },
  { ...SHARED, unit: 13, product: 'Temperature Transmitter TT-2', revision: '3.2', answers: 'with-bad-crc', registers: [] },
]
