import { Fault } from '../../faults/fault.js'
import { similar } from '../../readings/similar.js'

/** What a column of a register map may mean, with the headings that makers give it (lower case, without punctuation). */
const HEADINGS = {
  address: [
    'address',
    'register',
    'register address',
    'reg',
    'addr',
    'modbus address',
    'register number',
    'start address',
    'offset',
    'adresse',
    'registeradresse',
    'hex address',
    'address hex',
    'address dec',
    'modbus register',
  ],
  name: [
    'name',
    'parameter',
    'description',
    'register name',
    'signal',
    'variable',
    'label',
    'point',
    'point name',
    'bezeichnung',
    'beschreibung',
    'parametername',
    'tag',
    'symbol',
    'measurement',
  ],
  description: [
    'description',
    'comment',
    'comments',
    'remark',
    'remarks',
    'note',
    'notes',
    'meaning',
    'bemerkung',
    'kommentar',
    'beschreibung',
  ],
  as: ['data type', 'datatype', 'type', 'format', 'data format', 'datentyp', 'typ', 'as', 'encoding'],
  order: ['byte order', 'word order', 'order', 'endianness', 'endian'],
  scale: [
    'scale',
    'multiplier',
    'factor',
    'scaling',
    'scale factor',
    'scaling factor',
    'resolution',
    'gain',
    'faktor',
    'skalierung',
    'auflösung',
    'coefficient',
  ],
  divisor: ['divisor', 'divider', 'divide by', 'teiler'],
  offset: ['value offset', 'scaling offset', 'bias'],
  unit: ['unit', 'units', 'einheit', 'uom', 'engineering unit', 'engineering units'],
  table: [
    'function',
    'function code',
    'table',
    'register type',
    'fc',
    'function codes',
    'object type',
    'funktionscode',
    'area',
    'modbus function',
    'reg type',
  ],
  length: [
    'length',
    'size',
    'registers',
    'words',
    'count',
    'number of registers',
    'register count',
    'quantity',
    'länge',
    'anzahl',
    'no of registers',
    'num registers',
  ],
} as const satisfies Record<string, readonly string[]>

export type MapField = keyof typeof HEADINGS
/** Which column (from 0) each field stands in. */
export type MapColumns = Readonly<Partial<Record<MapField, number>>>

export interface MapHeading {
  /** Counted from 0; what stands above it is no data. */
  readonly row: number
  readonly columns: MapColumns
  readonly titles: readonly string[]
}

/** Maps often begin with a title, a logo and a revision before the headings. */
const ROWS_SEARCHED = 50

/**
 * Finds the heading row and what its columns mean.
 * @param wanted  `address=Register,name=Description`, or null where the headings shall speak.
 * @throws Fault REGISTER_MAP_INVALID where there is no column of addresses; USAGE for a field or heading that does not exist.
 */
export function findColumns(rows: readonly (readonly string[])[], wanted: string | null, fileName: string): MapHeading {
  const stated = wanted === null ? [] : statedColumns(wanted)
  let best: MapHeading | undefined
  for (const [row, titles] of rows.slice(0, ROWS_SEARCHED).entries()) {
    const columns = { ...(wanted === null ? guessColumns(titles) : {}), ...placeStated(stated, titles) }
    const isBetter = Object.keys(columns).length > Object.keys(best?.columns ?? {}).length
    if (isBetter && (columns.address !== undefined || stated.length > 0)) best = { row, columns, titles }
  }
  const missing = stated.find(([field]) => best?.columns[field] === undefined)
  if (missing) throw headingUnknown(missing, rows)
  if (best?.columns.address !== undefined && Object.keys(best.columns).length >= 2) return best
  throw new Fault('REGISTER_MAP_INVALID', {
    message: `${fileName} has no row of headings with a column of addresses and one more that is understood`,
    because: `looked at the first ${Math.min(rows.length, ROWS_SEARCHED)} rows for headings such as ${HEADINGS.address.slice(0, 4).join(', ')}`,
    advice: { file: fileName },
  })
}

/** `address=Register (2), unit=Unit (5)`, for people to see what was understood. */
export function describeColumns({ columns, titles }: MapHeading): string {
  return Object.entries(columns)
    .map(([field, column]) => `${field}=${titles[column] ?? ''}`)
    .join(',')
}

function guessColumns(titles: readonly string[]): MapColumns {
  const plain = titles.map(plainHeading)
  const taken = new Set<number>()
  const columns: Partial<Record<MapField, number>> = {}
  for (const [field, known] of Object.entries(HEADINGS) as [MapField, readonly string[]][]) {
    // The earlier a heading stands in the list, the better it says what is meant.
    const column = known
      .map((heading) => plain.findIndex((title, index) => title === heading && !taken.has(index)))
      .find((index) => index >= 0)
    if (column === undefined) continue
    columns[field] = column
    taken.add(column)
  }
  return columns
}

type Stated = readonly [field: MapField, heading: string]

function statedColumns(wanted: string): readonly Stated[] {
  return wanted.split(',').map((pair) => {
    const [field = '', ...heading] = pair.split('=')
    const name = field.trim()
    if (Object.hasOwn(HEADINGS, name) && heading.length > 0) return [name as MapField, heading.join('=').trim()]
    const close = similar(name, Object.keys(HEADINGS))
    throw new Fault('USAGE', {
      message: `--columns has '${pair.trim()}', which is no FIELD=HEADING`,
      because: close === undefined ? `fields are ${Object.keys(HEADINGS).join(', ')}` : `did you mean ${close}=…?`,
      advice: { help: 'chatterfix profiles import MAP.csv --columns "address=Register,name=Description"' },
    })
  })
}

function placeStated(stated: readonly Stated[], titles: readonly string[]): MapColumns {
  const plain = titles.map(plainHeading)
  return Object.fromEntries(
    stated.flatMap(([field, heading]) => {
      const column = plain.indexOf(plainHeading(heading))
      return column < 0 ? [] : [[field, column]]
    }),
  )
}

function headingUnknown([field, heading]: Stated, rows: readonly (readonly string[])[]): Fault {
  const close = similar(heading, rows.slice(0, ROWS_SEARCHED).flat())
  return new Fault('USAGE', {
    message: `--columns says ${field}=${heading}, and no row has a heading '${heading}' beside the others`,
    ...(close === undefined ? {} : { because: `there is a '${close}'` }),
    advice: { help: 'chatterfix profiles import MAP.csv --columns "address=Register,name=Description"' },
  })
}

/** `Register  (dec.)` → `register dec`. */
function plainHeading(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
