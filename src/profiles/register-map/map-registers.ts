import { isBitTable, type Table } from '../../drivers/modbus/register-type.js'
import type { SensorKind } from '../../readings/sensor.js'
import { QUANTITIES_OF_KIND } from '../../readings/site-file-schema.js'
import { unitOf } from '../../readings/unit.js'
import { nameFrom, type RegisterDraft, uniqueNames } from '../profile-text.js'
import type { AddressCounting } from './address-counting.js'
import { addressCell, CellError, lengthCell, orderCell, scaleCell, statedBits, type TypeCell, tableCell, typeCell } from './map-cells.js'
import type { MapColumns, MapField } from './map-columns.js'
import type { MapRow } from './read-map-rows.js'

/** A row that could not be taken. */
export interface RowProblem {
  readonly row: number
  readonly problem: string
}

export interface MappedRegisters {
  readonly registers: readonly RegisterDraft[]
  readonly problems: readonly RowProblem[]
  /** Rows without an address: titles between sections, empty lines. */
  readonly skipped: number
}

/** Turns the rows below the headings into registers; what is wrong with a row is told, and the others are taken. */
export function mapRegisters(rows: readonly MapRow[], columns: MapColumns, base: AddressCounting): MappedRegisters {
  const registers: RegisterDraft[] = []
  const problems: RowProblem[] = []
  const cell = (row: MapRow, field: MapField): string => row.cells[columns[field] ?? -1] ?? ''
  const bytesPerUnit = areLengthsBytes(rows, cell) ? 2 : 1
  let skipped = 0
  for (const row of rows) {
    // A title between sections carries no digit where the address should be.
    if (!/\d/.test(cell(row, 'address'))) {
      skipped++
      continue
    }
    try {
      registers.push(registerOf(row, { cell: (field) => cell(row, field), base, bytesPerUnit }))
    } catch (thrown) {
      if (!(thrown instanceof CellError)) throw thrown
      problems.push({ row: row.number, problem: thrown.message })
    }
  }
  const names = uniqueNames(registers.map(({ register }) => register.name))
  return {
    registers: registers.map(({ register, remark }, index) => ({ register: { ...register, name: names[index] ?? register.name }, remark })),
    problems,
    skipped,
  }
}

interface RowReading {
  readonly cell: (field: MapField) => string
  readonly base: AddressCounting
  readonly bytesPerUnit: 1 | 2
}

function registerOf(row: MapRow, reading: RowReading): RegisterDraft {
  const { cell, base } = reading
  const place = placeOf(cell, base)
  const typed = typeOf(place.table, reading)
  const unit = cell('unit') === '' ? undefined : unitOf(cell('unit'))
  const name = cell('name') === '' ? cell('description') : cell('name')
  return {
    register: {
      name: nameFrom(name, `${place.table}-${place.address}`),
      ...place,
      type: typed.type,
      order: cell('order') === '' ? (typed.order ?? 'abcd') : orderCell(cell('order')),
      scale: typed.type === 'boolean' || typed.type === 'string' ? 1 : scaleOf(cell),
      offset: cell('offset') === '' ? 0 : offsetOf(cell('offset')),
      bit: null,
      length: typed.length ?? 1,
      unit: unit?.symbol ?? null,
      kind: kindOf(unit?.quantity),
      description: descriptionOf(name, cell),
      range: null,
      limits: null,
      writable: null,
    },
    remark: remarkOf(row, place.table, cell),
  }
}

function typeOf(table: Table, { cell, bytesPerUnit }: RowReading): TypeCell {
  if (isBitTable(table)) return { type: 'boolean', order: null, length: null }
  const registers = cell('length') === '' ? null : Math.ceil(lengthCell(cell('length')) / bytesPerUnit)
  return typeCell(cell('as') === '' ? impliedType(registers) : cell('as'), registers)
}

/** What people should read there; a unit that nobody knows stays in it. */
function descriptionOf(name: string, cell: RowReading['cell']): string | null {
  const unit = cell('unit')
  const parts = [name, cell('description') === name ? '' : cell('description'), unit === '' || unitOf(unit) ? '' : `in ${unit}`]
  return (
    parts
      .filter((part) => part !== '')
      .join('; ')
      .slice(0, 500) || null
  )
}

function remarkOf(row: MapRow, table: Table, cell: RowReading['cell']): string | null {
  const remarks = [
    ...(cell('as') === '' && !isBitTable(table) ? ['no type was given'] : []),
    ...(cell('unit') !== '' && !unitOf(cell('unit')) ? [`the unit '${cell('unit')}' is not in the unit table`] : []),
  ]
  return remarks.length === 0 ? null : `row ${row.number}: ${remarks.join('; ')}`
}

function placeOf(cell: RowReading['cell'], base: AddressCounting): { readonly table: Table; readonly address: number } {
  const { number } = addressCell(cell('address'))
  const stated = cell('table') === '' ? null : tableCell(cell('table'))
  const [table, address] = base.kind === '4xxxx' ? numberedPlace(number) : [stated ?? 'holding', number - (base.kind === '1' ? 1 : 0)]
  if (address < 0 || address > 65_535)
    throw new CellError(`the address ${number} is ${address} on the wire, which is not within 0 to 65535`)
  return { table: stated ?? table, address }
}

/** `40101` is holding 100: the first digit names the table, the rest counts from 1; six digits where five do not suffice. */
function numberedPlace(number: number): readonly [Table, number] {
  const digits = String(number).padStart(5, '0')
  const table = ({ '0': 'coil', '1': 'discrete', '3': 'input', '4': 'holding' } as const)[digits.charAt(0)]
  if (!table) throw new CellError(`the register number ${number} begins with none of 0, 1, 3, 4`)
  return [table, Number(digits.slice(1)) - 1]
}

function impliedType(registers: number | null): string {
  return registers === 2 ? 'uint32' : registers === 4 ? 'uint64' : 'uint16'
}

function scaleOf(cell: RowReading['cell']): number {
  const scale = cell('scale') === '' || cell('scale') === '-' ? 1 : scaleCell(cell('scale'))
  const divisor = cell('divisor') === '' || cell('divisor') === '-' ? 1 : scaleCell(cell('divisor'))
  return Number((scale / divisor).toPrecision(12))
}

function offsetOf(text: string): number {
  const offset = Number(text.replace(',', '.'))
  if (Number.isFinite(offset)) return offset
  throw new CellError(`the offset '${text.slice(0, 40)}' is no number`)
}

/** The kind that a unit leaves no doubt about. */
function kindOf(quantity: string | undefined): SensorKind {
  if (quantity === undefined) return 'other'
  const fitting = (Object.entries(QUANTITIES_OF_KIND) as [SensorKind, readonly string[]][]).filter(
    ([, quantities]) => quantities[0] === quantity,
  )
  return fitting.length === 1 ? (fitting[0]?.[0] ?? 'other') : 'other'
}

/** Some makers count bytes: a 16-bit value of length 2 gives it away. */
function areLengthsBytes(rows: readonly MapRow[], cell: (row: MapRow, field: MapField) => string): boolean {
  const stated = rows.flatMap((row) => {
    const bits = statedBits(cell(row, 'as'))
    const length = Number.parseInt(cell(row, 'length'), 10)
    return bits === null || Number.isNaN(length) ? [] : [length === bits / 8 ? 'bytes' : 'registers']
  })
  return stated.length > 0 && stated.every((one) => one === 'bytes')
}
