import { assetOf } from '../../live/asset-of.js'
import { conditionOf } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import { COLUMNS } from './columns.js'
import { fitsFilter, parseFilter } from './sensor-filter.js'
import type { SensorsState } from './sensors-state.js'

/** A line of the table: a sensor (its row in `live`), or in the tree an asset over its sensors. */
export type TableLine =
  | { readonly kind: 'sensor'; readonly row: number }
  | { readonly kind: 'asset'; readonly asset: string; readonly rows: readonly number[]; readonly fold: 'folded' | 'open' }

export const WITHOUT_ASSET = 'without an asset'

/** Lines in the order of the table: filtered, then sorted, then under their assets where the tree is asked for. */
export function sensorLines(picture: Picture, state: SensorsState): readonly TableLine[] {
  const rows = sensorOrder(picture, state)
  return state.arrangement === 'flat' ? rows.map((row) => ({ kind: 'sensor', row })) : underAssets(picture, rows, state)
}

/** What the cursor calls a line. */
export function lineKey({ live }: Picture, line: TableLine): string {
  return line.kind === 'asset' ? `asset ${line.asset}` : `sensor ${live.sensors[line.row]?.key ?? ''}`
}

/** Rows of the state that fit the filter, sorted. */
export function sensorOrder(
  picture: Picture,
  { filter, sort, direction }: Pick<SensorsState, 'filter' | 'sort' | 'direction'>,
): readonly number[] {
  const { live, moment } = picture
  const rows = live.sensors.map((_, row) => row)
  const terms = parseFilter(filter)
  const kept =
    terms.length === 0 ? rows : rows.filter((row) => fitsFilter(terms, { picture, row, condition: conditionOf(live, row, moment) }))
  if (sort === 'site') return direction === 'natural' ? kept : kept.toReversed()
  const keys = new Map(kept.map((row) => [row, COLUMNS[sort].key({ picture, row, condition: conditionOf(live, row, moment) })]))
  const sign = direction === 'natural' ? 1 : -1
  return kept.toSorted((a, b) => compare(keys.get(a) ?? '', keys.get(b) ?? '', sign) || a - b)
}

/** Text from A, as people count (`sensor-2` before `sensor-10`); numbers from the largest; what is no number comes last either way. */
function compare(a: number | string, b: number | string, sign: 1 | -1): number {
  if (typeof a === 'string' || typeof b === 'string') return sign * NAMES.compare(String(a), String(b))
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return sign * (b - a)
}

const NAMES = new Intl.Collator('en', { numeric: true })

function underAssets({ live }: Picture, rows: readonly number[], { folded }: SensorsState): readonly TableLine[] {
  const assets = new Map<string, number[]>()
  for (const row of rows) {
    const asset = assetOf(live.sensors[row]) ?? WITHOUT_ASSET
    const known = assets.get(asset)
    if (known) known.push(row)
    else assets.set(asset, [row])
  }
  const hidden = new Set(folded)
  return [...assets].flatMap(([asset, own]): readonly TableLine[] => {
    const fold = hidden.has(asset) ? 'folded' : 'open'
    return [{ kind: 'asset', asset, rows: own, fold }, ...(fold === 'folded' ? [] : own.map((row) => ({ kind: 'sensor', row }) as const))]
  })
}
