import { type ChartTime, FIRST_TIME, restoreTime } from '../charts/chart-time.js'

export const DETAIL_PARTS = ['both', 'facts', 'chart'] as const

export interface DetailState {
  readonly time: ChartTime
  readonly shows: (typeof DETAIL_PARTS)[number]
}

export const FIRST_DETAIL: DetailState = { time: FIRST_TIME, shows: 'both' }

export function restoreDetail(saved: unknown): DetailState {
  const { time, shows } = (typeof saved === 'object' && saved !== null ? saved : {}) as { readonly [name: string]: unknown }
  return { time: restoreTime(time), shows: DETAIL_PARTS.find((known) => known === shows) ?? 'both' }
}
