import type { RunningPlant } from '../../running-plant.js'
import { float32Abcd, float32Cdab, tenths, uint32Abcd, whole } from './encode-registers.js'

/** Where a value stands in a unit's registers; what lies outside a unit's blocks is a hole that answers "illegal data address". */
export interface RegisterEntry {
  readonly at: number
  readonly table: 'holding' | 'input'
  readonly read: (plant: RunningPlant, timeS: number) => readonly number[]
  readonly size: 1 | 2
  /** Under this fault, reading it answers exception 4. */
  readonly failsUnder?: 'exception-register'
}

export interface ModbusUnit {
  readonly unit: number
  readonly maker: string
  readonly product: string
  readonly revision: string
  readonly registers: readonly RegisterEntry[]
  /** First and last address of the blocks that the device keeps, in both tables; what no entry names there reads 0, as in most PLCs. */
  readonly blocks: readonly (readonly [first: number, last: number])[]
  /** Coil and discrete input 0: running. */
  readonly hasCoils: 'yes' | 'no'
  readonly silentUnder?: 'silent-unit'
}

type Encoder = (value: number) => readonly number[]

function of(key: string, encode: Encoder): RegisterEntry['read'] {
  return (plant, timeS) => encode(plant.model.scalar(key, timeS) ?? 0)
}

function run(table: RegisterEntry['table'], at: number, size: 1 | 2, encode: Encoder, keys: readonly string[]): RegisterEntry[] {
  return keys.map((key, index) => ({ at: at + index * size, table, size, read: of(key, encode) }))
}

const PUMP_TENTHS = ['drive-end-temperature', 'motor-winding-temperature', 'tank-level', 'motor-current'].map((name) => `pump-247/${name}`)
const PUMP_FLOATS = ['flow', 'discharge-pressure', 'suction-pressure', 'drive-end-velocity'].map((name) => `pump-247/${name}`)
const PUMP_HIGH_WORD_FIRST = ['motor-current', 'motor-power', 'speed'].map((name) => `pump-247/${name}`)

const RUNNING = 0x0001
const START_HOURS = 12_873

/** The pump's PLC (unit 1), the power meter (unit 2) and the fan's drive (unit 3) behind one gateway. */
export const MODBUS_UNITS: readonly ModbusUnit[] = [
  {
    unit: 1,
    maker: 'ChatterFix Embedded Plant',
    product: 'Pump PLC PP-247',
    revision: '2.4',
    hasCoils: 'yes',
    blocks: [
      [0, 15],
      [96, 127],
      [192, 223],
      [288, 319],
    ],
    registers: [
      ...run('holding', 0, 1, tenths, PUMP_TENTHS).map((entry) =>
        entry.at === 1 ? { ...entry, failsUnder: 'exception-register' as const } : entry,
      ),
      { at: 4, table: 'holding', size: 1, read: of('pump-247/speed', whole) },
      { at: 5, table: 'holding', size: 1, read: () => [RUNNING] },
      ...run('holding', 100, 2, float32Cdab, PUMP_FLOATS),
      { at: 200, table: 'holding', size: 2, read: (_, timeS) => uint32Abcd(START_HOURS * 3600 + Math.floor(timeS)) },
      { at: 202, table: 'holding', size: 2, read: () => uint32Abcd(1_841) },
      ...run('holding', 300, 2, float32Abcd, PUMP_HIGH_WORD_FIRST),
      ...run('input', 0, 1, tenths, PUMP_TENTHS),
    ],
  },
  {
    unit: 2,
    maker: 'ChatterFix Embedded Plant',
    product: 'Power Meter PM-3',
    revision: '1.7',
    hasCoils: 'no',
    blocks: [[0, 31]],
    silentUnder: 'silent-unit',
    registers: (['holding', 'input'] as const).flatMap((table): RegisterEntry[] => [
      { at: 0, table, size: 2, read: () => float32Abcd(398) },
      { at: 2, table, size: 2, read: of('pump-247/motor-current', float32Abcd) },
      { at: 4, table, size: 2, read: of('pump-247/motor-power', float32Abcd) },
      { at: 6, table, size: 2, read: () => float32Abcd(50) },
      { at: 20, table, size: 2, read: of('pump-247/motor-energy', (kwh) => uint32Abcd(kwh * 10)) },
    ]),
  },
  {
    unit: 3,
    maker: 'ChatterFix Embedded Plant',
    product: 'Fan Drive FD-15',
    revision: '3.0',
    hasCoils: 'no',
    blocks: [[0, 31]],
    registers: [
      ...run('holding', 0, 1, tenths, ['fan-112/motor-current', 'fan-112/drive-end-temperature']),
      { at: 2, table: 'holding', size: 1, read: of('fan-112/speed', whole) },
      ...run('holding', 10, 2, float32Cdab, ['fan-112/air-flow', 'fan-112/drive-end-velocity']),
    ],
  },
]
