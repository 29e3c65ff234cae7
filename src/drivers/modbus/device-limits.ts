import { type ModbusPoint, widthOf } from './address.js'
import type { Span } from './pdu.js'
import { TABLES, type Table } from './register-type.js'
import type { PlannedRequest, PlanTerms } from './request-plan.js'

/** A request that was refused whole while both its halves were answered. */
export interface Parting {
  readonly whole: PlannedRequest
  readonly halves: readonly [PlannedRequest, PlannedRequest]
  /** The exception that refused it. */
  readonly code: number
}

interface TableLimits {
  /** The most values that were ever given at a time. */
  granted: number
  /** The fewest that were refused for being too many; null where nothing says so. */
  refused: number | null
  /** Exception 3 was seen for addresses, so that it says nothing of sizes. */
  isThreeAmbiguous: boolean
  /** Addresses from..to (exclusive) that no request may read over; where both are the same, no request may cross that place. */
  readonly walls: { readonly from: number; readonly to: number }[]
}

const ILLEGAL_VALUE = 3
/** The search for the largest request ends when it is known to so many values. */
const CLOSE_ENOUGH = 4
/** Beyond this a device refuses for reasons of its own. */
const MOST_WALLS = 4096

/** What units refuse, learnt from their refusals: how many values at a time, and which addresses no request may read over. */
export class DeviceLimits implements Omit<PlanTerms, 'wordsPerRequest'> {
  readonly #tables = new Map<string, TableLimits>()
  readonly #alone = new Set<string>()
  #lessons = 0

  /** Grows with everything learnt: a plan made at another number is out of date. */
  get lessons(): number {
    return this.#lessons
  }

  largest = (unit: number, table: Table): number => {
    const { granted, refused } = this.#of(unit, table)
    if (refused === null) return TABLES[table].largestRequest
    return refused - granted <= CLOSE_ENOUGH ? Math.max(1, granted) : Math.floor((granted + refused) / 2)
  }

  isForbidden = (unit: number, { table, from, quantity }: Span): boolean =>
    this.#of(unit, table).walls.some((wall) => holds({ from, to: from + quantity }, wall))

  standsAlone = (point: ModbusPoint): boolean => this.#alone.size > 0 && this.#alone.has(nameOf(point))

  accepted({ unit, span: { table, quantity } }: PlannedRequest): void {
    const limits = this.#of(unit, table)
    if (quantity <= limits.granted) return
    limits.granted = quantity
    if (limits.refused === null) return
    this.#lessons++
    if (quantity < limits.refused) return
    limits.refused = null
    limits.isThreeAmbiguous = true
  }

  /** A request for a single point was refused. */
  refusedAlone({ members: [{ point }] }: PlannedRequest): void {
    if (this.#alone.has(nameOf(point))) return
    this.#alone.add(nameOf(point))
    this.#lessons++
  }

  /** A request was refused, and its halves were not: it was too long, or something between them cannot be read. */
  parted({ whole, halves: [left, right], code }: Parting): void {
    const { unit, span } = whole
    const limits = this.#of(unit, span.table)
    const hole = { from: left.span.from + left.span.quantity, to: right.span.from }
    const mayBeSize = span.quantity > limits.granted
    const isSize = mayBeSize && (hole.from >= hole.to || (code === ILLEGAL_VALUE && !limits.isThreeAmbiguous))
    if (isSize) limits.refused = Math.min(limits.refused ?? Number.POSITIVE_INFINITY, span.quantity)
    else if (limits.walls.length < MOST_WALLS) limits.walls.push({ from: hole.from, to: Math.max(hole.from, hole.to) })
    this.#lessons++
  }

  #of(unit: number, table: Table): TableLimits {
    const key = `${unit}/${table}`
    const known = this.#tables.get(key)
    if (known) return known
    const fresh: TableLimits = { granted: 0, refused: null, isThreeAmbiguous: false, walls: [] }
    this.#tables.set(key, fresh)
    return fresh
  }
}

function holds(span: { readonly from: number; readonly to: number }, wall: { readonly from: number; readonly to: number }): boolean {
  if (wall.from === wall.to) return span.from < wall.from && span.to > wall.from
  return span.from <= wall.from && span.to >= wall.to
}

function nameOf(point: ModbusPoint): string {
  return `${point.unit}/${point.table}/${point.register}/${widthOf(point)}`
}
