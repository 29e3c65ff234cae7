import type { Extent, Parcel } from './parcel.js'
import { extentOfParcel, joinExtents } from './parcel.js'

/** Whether something belongs to this run, or was left by an earlier one. */
export type Whose = 'own' | 'earlier'

/** What waits, by whose it is. */
export type Waiting = Readonly<Partial<Record<Whose, Extent>>>

/** One file of the spool. */
export interface Segment {
  readonly number: number
  readonly path: string
  /** Up to here frames are whole. */
  bytes: number
  /** Up to here they have been delivered, or are in somebody's hands. */
  offset: number
  /** What lies beyond the offset. */
  waiting: Waiting
}

const NAME = /^(\d{12})\.seg$/

export function segmentName(number: number): string {
  return `${String(number).padStart(12, '0')}.seg`
}

/** Undefined for any other file. */
export function segmentNumberOf(name: string): number | undefined {
  const digits = NAME.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** With one parcel more. */
export function withParcel(waiting: Waiting, parcel: Parcel, run: string): Waiting {
  const whose = parcel.run === run ? 'own' : 'earlier'
  return { ...waiting, [whose]: joinExtents(waiting[whose], extentOfParcel(parcel)) }
}

/** Without what was taken out; the stretch of time stays as wide as it was. */
export function without(waiting: Waiting, taken: Waiting): Waiting {
  const left = (whose: Whose): Waiting => {
    const extent = waiting[whose]
    const count = (extent?.count ?? 0) - (taken[whose]?.count ?? 0)
    return extent && count > 0 ? { [whose]: { ...extent, count } } : {}
  }
  return { ...left('own'), ...left('earlier') }
}
