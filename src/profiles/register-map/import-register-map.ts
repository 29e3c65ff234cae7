import { basename } from 'node:path'
import { Fault } from '../../faults/fault.js'
import { formatProfile, nameFrom } from '../profile-text.js'
import { type AddressCounting, guessBase } from './address-counting.js'
import { describeColumns, findColumns } from './map-columns.js'
import { mapRegisters, type RowProblem } from './map-registers.js'
import { readMapRows } from './read-map-rows.js'

export interface ImportOptions {
  /** `address=Register,name=Description`; null where the headings shall speak. */
  readonly columns: string | null
  /** Null where the addresses shall show it. */
  readonly base: AddressCounting['kind'] | null
  readonly sheet: string | null
}

export interface ImportedMap {
  /** The profile, as YAML. */
  readonly text: string
  readonly registers: number
  /** What each column was taken for, ready for `--columns`. */
  readonly columns: string
  readonly base: AddressCounting
  readonly problems: readonly RowProblem[]
  /** Rows without an address. */
  readonly skipped: number
}

/**
 * Turns a table of registers into a profile.
 * @throws Fault REGISTER_MAP_INVALID where nothing of it can be taken; USAGE for columns that do not exist.
 */
export async function importRegisterMap(path: string, { columns, base, sheet }: ImportOptions): Promise<ImportedMap> {
  const rows = await readMapRows(path, sheet)
  const heading = findColumns(
    rows.map(({ cells }) => cells),
    columns,
    path,
  )
  const below = rows.slice(heading.row + 1)
  const column = heading.columns.address ?? 0
  const guessed = guessBase(
    below.map(({ cells }) => cells[column] ?? ''),
    heading.titles[column] ?? '',
  )
  const used: AddressCounting = base === null ? guessed : { kind: base, why: 'somebody said so', isSure: true }
  const { registers, problems, skipped } = mapRegisters(below, heading.columns, used)
  if (registers.length === 0)
    throw new Fault('REGISTER_MAP_INVALID', {
      message: `${path} has no row that could be taken as a register`,
      where: Object.fromEntries(problems.slice(0, 10).map(({ row, problem }) => [`row ${row}`, problem])),
      because: `columns were taken as ${describeColumns(heading)}`,
      advice: { file: path },
    })
  const name = basename(path).replace(/\.[^.]*$/, '')
  const text = formatProfile({
    key: nameFrom(name, 'imported-map'),
    maker: 'unknown maker',
    models: [name.slice(0, 128) || 'unknown model'],
    description: null,
    identity: null,
    source: { title: `imported from ${basename(path)}`, addressing: `counted as ${used.kind}: ${used.why}` },
    triedOnHardware: 'no',
    registers,
    heading: 'imported: say who makes it, how to recognise it (recognise_by), and where the map was published (source: url)',
  })
  return { text, registers: registers.length, columns: describeColumns(heading), base: used, problems, skipped }
}
