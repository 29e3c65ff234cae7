import { type ModbusPoint, widthOf } from './address.js'
import type { Span } from './pdu.js'
import { isBitTable, TABLES, type Table } from './register-type.js'

/** A point and where it stands in the list that the plan was made from. */
export interface Member {
  readonly index: number
  readonly point: ModbusPoint
}

/** One request and the points that its answer feeds, by rising register. */
export interface PlannedRequest {
  readonly unit: number
  readonly span: Span
  readonly members: readonly [Member, ...Member[]]
}

/** What a plan has to reckon with; what is not given is as the specification has it. */
export interface PlanTerms {
  /** What one more request costs, as the number of words (16 bits) that could be read in that time. */
  readonly wordsPerRequest: number
  /** The most values that the unit gives at a time from this table. */
  readonly largest: (unit: number, table: Table) => number
  /** Whether this span holds something that the unit is known to refuse. */
  readonly isForbidden: (unit: number, span: Span) => boolean
  /** Whether the point was refused by itself, so that it must not spoil a request for others. */
  readonly standsAlone: (point: ModbusPoint) => boolean
}

/** Before anything is measured: a host answers in some milliseconds, whether it sends 10 registers or 110. */
const UNMEASURED: PlanTerms = {
  wordsPerRequest: 100,
  largest: (_, table) => TABLES[table].largestRequest,
  isForbidden: () => false,
  standsAlone: () => false,
}

const WORD_BITS = 16

/**
 * Puts points into those requests that together cost least: a hole is read over where that is cheaper than one more request.
 * Cost of a request = wordsPerRequest + its words; the cheapest parting is found exactly, by dynamic programming over the sorted points.
 */
export function planRequests(points: readonly ModbusPoint[], terms: Partial<PlanTerms> = {}): readonly PlannedRequest[] {
  return planMembers(
    points.map((point, index) => ({ index, point })),
    terms,
  )
}

/** `planRequests` for points that stand elsewhere in a longer list. */
export function planMembers(members: readonly Member[], terms: Partial<PlanTerms> = {}): readonly PlannedRequest[] {
  const tables = Map.groupBy(members, ({ point: { unit, table } }) => `${unit}/${table}`)
  return [...tables.values()]
    .flatMap((own) => planTable(own.toSorted(compare), { ...UNMEASURED, ...terms }))
    .sort((a, b) => compare(a.members[0], b.members[0]))
}

/** Two requests in place of one that the device refused; null where nothing is left to part. */
export function bisect(request: PlannedRequest): readonly [PlannedRequest, PlannedRequest] | null {
  const middle = Math.ceil(request.members.length / 2)
  const first = requestOf(request.members.slice(0, middle))
  const second = requestOf(request.members.slice(middle))
  return first && second ? [first, second] : null
}

/** @param members of one table of one unit, sorted. */
function planTable(members: readonly Member[], terms: PlanTerms): readonly PlannedRequest[] {
  const best = new Array<number>(members.length + 1).fill(Number.POSITIVE_INFINITY)
  const begin = new Array<number>(members.length + 1).fill(0)
  best[0] = 0
  members.forEach((first, at) => {
    const { unit, table, register: from } = first.point
    const largest = terms.largest(unit, table)
    const perValue = isBitTable(table) ? 1 / WORD_BITS : 1
    const isAlone = terms.standsAlone(first.point)
    let end = from
    for (let last = at; last < members.length; last++) {
      const { point } = members[last] ?? first
      end = Math.max(end, point.register + widthOf(point))
      const span = { table, from, quantity: end - from }
      const isOne = last === at
      if (!isOne && (isAlone || span.quantity > largest || terms.standsAlone(point) || terms.isForbidden(unit, span))) break
      const cost = (best[at] ?? 0) + terms.wordsPerRequest + span.quantity * perValue
      if (cost < (best[last + 1] ?? 0)) {
        best[last + 1] = cost
        begin[last + 1] = at
      }
    }
  })
  const requests: PlannedRequest[] = []
  for (let end = members.length; end > 0; end = begin[end] ?? 0) {
    const request = requestOf(members.slice(begin[end], end))
    if (request) requests.push(request)
  }
  return requests
}

function requestOf(members: readonly Member[]): PlannedRequest | null {
  const [first, ...others] = members
  if (!first) return null
  const { unit, table, register } = first.point
  const end = members.reduce((furthest, { point }) => Math.max(furthest, point.register + widthOf(point)), 0)
  return { unit, span: { table, from: register, quantity: end - register }, members: [first, ...others] }
}

function compare({ point: a }: Member, { point: b }: Member): number {
  return a.unit - b.unit || a.table.localeCompare(b.table) || a.register - b.register || widthOf(a) - widthOf(b)
}
