import type { EpochMicros } from '../../readings/time.js'
import { type ModbusPoint, widthOf } from './address.js'
import type { TableNote } from './host-memory.js'
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
  readonly unit: number
  readonly table: Table
  /** The most values that were given at a time on this connection. */
  granted: number
  /** … and on an earlier one; believed until a refusal says otherwise. */
  grantedBefore: number
  /** The fewest that were refused for being too many; null where nothing says so. */
  refused: number | null
  /** Exception 3 was seen for addresses, so that it says nothing of sizes. */
  isThreeAmbiguous: boolean
  /** Addresses from..to (exclusive) that no request may read over; where both are the same, no request may cross that place. */
  readonly walls: { readonly from: number; readonly to: number }[]
  /** Points that were refused by themselves. */
  readonly alone: Map<string, { readonly register: number; readonly width: number }>
  /** When it was learnt, where that was on an earlier connection and still holds. */
  learntAt: EpochMicros | null
}

const ILLEGAL_VALUE = 3
/** The search for the largest request ends when it is known to so many values. */
const CLOSE_ENOUGH = 4
/** Beyond this a device refuses for reasons of its own. */
const MOST_WALLS = 4096

/** What units refuse, learnt from their refusals: how many values at a time, and which addresses no request may read over. */
export class DeviceLimits implements Omit<PlanTerms, 'wordsPerRequest'> {
  /** By unit; plans ask for these in their innermost loop. */
  readonly #units = new Map<number, Map<Table, TableLimits>>()
  #lessons = 0

  /** @param notes of earlier connections; they hold until the device says otherwise, as another may stand in its place. */
  constructor(notes: readonly TableNote[] = []) {
    for (const { unit, table, granted, refused, walls, alone, at } of notes) {
      const limits = this.#of(unit, table)
      limits.grantedBefore = granted
      limits.refused = refused
      limits.walls.push(...walls)
      for (const point of alone) limits.alone.set(nameOf(point), point)
      limits.learntAt = at
    }
  }

  /** Grows with everything learnt: a plan made at another number is out of date. */
  get lessons(): number {
    return this.#lessons
  }

  largest = (unit: number, table: Table): number => {
    const { granted, grantedBefore, refused } = this.#of(unit, table)
    if (refused === null) return TABLES[table].largestRequest
    const most = Math.max(granted, grantedBefore)
    return refused - most <= CLOSE_ENOUGH ? Math.max(1, most) : Math.floor((most + refused) / 2)
  }

  isForbidden = (unit: number, { table, from, quantity }: Span): boolean =>
    this.#of(unit, table).walls.some((wall) => holds({ from, to: from + quantity }, wall))

  standsAlone = (point: ModbusPoint): boolean => {
    const { alone } = this.#of(point.unit, point.table)
    return alone.size > 0 && alone.has(nameOf({ register: point.register, width: widthOf(point) }))
  }

  accepted({ unit, span: { table, quantity } }: PlannedRequest): void {
    const limits = this.#of(unit, table)
    if (quantity <= limits.granted) return
    limits.granted = quantity
    if (limits.refused === null || quantity <= limits.grantedBefore) return
    this.#learn(limits)
    if (quantity < limits.refused) return
    limits.refused = null
    limits.isThreeAmbiguous = true
  }

  /** A request for a single point was refused. */
  refusedAlone({ members: [{ point }] }: PlannedRequest): void {
    const limits = this.#of(point.unit, point.table)
    const refused = { register: point.register, width: widthOf(point) }
    if (limits.alone.has(nameOf(refused))) return
    limits.alone.set(nameOf(refused), refused)
    this.#learn(limits)
  }

  /** A request was refused, and its halves were not: it was too long, or something between them cannot be read. */
  parted({ whole, halves: [left, right], code }: Parting): void {
    const { unit, span } = whole
    const limits = this.#of(unit, span.table)
    const hole = { from: left.span.from + left.span.quantity, to: right.span.from }
    const mayBeSize = span.quantity > limits.granted
    const isSize = mayBeSize && (hole.from >= hole.to || (code === ILLEGAL_VALUE && !limits.isThreeAmbiguous))
    if (isSize) {
      limits.refused = Math.min(limits.refused ?? Number.POSITIVE_INFINITY, span.quantity)
      if (limits.grantedBefore >= limits.refused) limits.grantedBefore = 0
    } else if (limits.walls.length < MOST_WALLS) limits.walls.push({ from: hole.from, to: Math.max(hole.from, hole.to) })
    this.#learn(limits)
  }

  /** Whether anything was asked of this table, or remembered: what others have written of it is older. */
  knows({ unit, table }: Pick<TableNote, 'unit' | 'table'>): boolean {
    return this.#units.get(unit)?.has(table) ?? false
  }

  /** What the next connection may begin with. */
  notes(now: EpochMicros): readonly TableNote[] {
    return [...this.#units.values()]
      .flatMap((tables) => [...tables.values()])
      .filter(({ refused, walls, alone }) => refused !== null || walls.length > 0 || alone.size > 0)
      .map(({ unit, table, granted, grantedBefore, refused, walls, alone, learntAt }) => {
        return { unit, table, granted: Math.max(granted, grantedBefore), refused, walls, alone: [...alone.values()], at: learntAt ?? now }
      })
  }

  #learn(limits: TableLimits): void {
    limits.learntAt = null
    this.#lessons++
  }

  #of(unit: number, table: Table): TableLimits {
    const known = this.#units.get(unit)?.get(table)
    if (known) return known
    const fresh: TableLimits = {
      unit,
      table,
      granted: 0,
      grantedBefore: 0,
      refused: null,
      isThreeAmbiguous: false,
      walls: [],
      alone: new Map(),
      learntAt: null,
    }
    const tables = this.#units.get(unit) ?? new Map<Table, TableLimits>()
    this.#units.set(unit, tables.set(table, fresh))
    return fresh
  }
}

function holds(span: { readonly from: number; readonly to: number }, wall: { readonly from: number; readonly to: number }): boolean {
  if (wall.from === wall.to) return span.from < wall.from && span.to > wall.from
  return span.from <= wall.from && span.to >= wall.to
}

function nameOf({ register, width }: { readonly register: number; readonly width: number }): string {
  return `${register}/${width}`
}
