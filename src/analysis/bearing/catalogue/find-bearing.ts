import type { BearingGeometry } from '../../../readings/asset.js'
import type { BearingRow } from './bearing-row.js'
import { geometryOfRow } from './geometry-of-row.js'
import { BEARING_ROWS } from './rows.js'

export type BearingLookup =
  | { readonly found: 'one'; readonly geometry: BearingGeometry; readonly row: BearingRow }
  | { readonly found: 'several'; readonly rows: readonly BearingRow[] }
  | { readonly found: 'none' }

/**
 * The bearing that a designation names: `6205`, `SKF 6205`, `6205-2RS JEM SKF`, `za2115`. Seals, cages and clearances (what follows the number) do not
 * change the kinematics and are only asked where they tell two rows apart; makers do, so a number that several make differently is several.
 */
export function findBearing(text: string): BearingLookup {
  const { maker, number, suffix } = readDesignation(text)
  const sameNumber = BEARING_ROWS.filter(
    (row) => readDesignation(row.designation).number === number && (maker === null || row.maker.toUpperCase() === maker),
  )
  const sameSuffix = sameNumber.filter((row) => suffix !== '' && readDesignation(row.designation).suffix === suffix)
  const rows = maker === null || sameSuffix.length === 0 ? sameNumber : sameSuffix
  const [first] = rows
  if (!first) return { found: 'none' }
  if (rows.length > 1) return { found: 'several', rows }
  const source = `${first.maker} ${first.designation} of ${first.source}`
  return { found: 'one', geometry: { ...geometryOfRow(first), source }, row: first }
}

interface Designation {
  readonly maker: string | null
  /** Letters of the type and the digits, e.g. `6205`, `NU205`, `ZA2115`. */
  readonly number: string
  readonly suffix: string
}

function readDesignation(text: string): Designation {
  const words = text
    .slice(0, 80)
    .toUpperCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const makers = new Set(BEARING_ROWS.map((row) => row.maker.toUpperCase()))
  const maker = words.find((word) => makers.has(word)) ?? null
  const rest = words.filter((word) => word !== maker).join('')
  const [, letters = '', digits = '', suffix = ''] = /^([A-Z]*)-?(\d+)(.*)$/.exec(rest) ?? []
  return { maker, number: digits === '' ? rest : letters + digits, suffix: suffix.replace(/[^A-Z0-9]/g, '') }
}
