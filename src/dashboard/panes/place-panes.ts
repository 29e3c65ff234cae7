/** How the screen is shared out; all in rows unless said. */
export interface Layout {
  readonly kind: 'full' | 'too-small'
  readonly columns: number
  readonly rows: number
  readonly header: number
  /** Rows of the table that hold sensors. */
  readonly sensors: number
  /** Rows above them: title, column names. */
  readonly tableHead: number
  /** Including its heading; 0 where there is no room. */
  readonly chart: number
  /** Including its heading; 0 where there is no room. Beside the chart where `band` says so. */
  readonly events: number
  readonly band: 'stacked' | 'side-by-side'
  /** In columns; the rest of a side-by-side band is the events'. */
  readonly chartColumns: number
}

export const SMALLEST = { columns: 30, rows: 6 } as const
const SIDE_BY_SIDE_FROM_COLUMNS = 110

/** Shares `columns` × `rows` out; `sensorCount` lets a short list leave its rows to the chart. */
export function layoutFor(size: { readonly columns: number; readonly rows: number }, sensorCount: number): Layout {
  const { columns, rows } = size
  const header = rows >= 18 ? 3 : rows >= 10 ? 2 : 1
  const tableHead = rows >= 14 ? 2 : 1
  const body = rows - header - 1 - tableHead
  const band = columns >= SIDE_BY_SIDE_FROM_COLUMNS ? 'side-by-side' : 'stacked'
  const chartColumns = band === 'stacked' ? columns : Math.floor(columns * 0.62)
  const shared = { columns, rows, header, tableHead, band, chartColumns } as const
  if (columns < SMALLEST.columns || rows < SMALLEST.rows) return { ...shared, kind: 'too-small', sensors: 0, chart: 0, events: 0 }
  // What a short list does not need goes to the chart, up to half of the body.
  const spare = Math.max(0, Math.min(Math.floor(body * 0.5), body - Math.max(3, sensorCount)))
  if (band === 'side-by-side') {
    const height = body < 12 ? 0 : Math.max(clamp(Math.floor(body * 0.28), 7, 14), Math.min(spare, 22))
    return { ...shared, kind: 'full', sensors: body - height, chart: height, events: height }
  }
  const events = body < 14 ? 0 : clamp(Math.floor(body / 6), 3, 8)
  const chart = body < 10 ? 0 : Math.max(clamp(Math.floor(body * 0.32), 6, 14), Math.min(spare - events, 20))
  return { ...shared, kind: 'full', sensors: body - chart - events, chart, events }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
