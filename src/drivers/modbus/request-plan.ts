import { type ModbusPoint, widthOf } from './address.js'
import type { Span } from './pdu.js'
import { TABLES } from './register-type.js'

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

/** Registers nobody asked for that a request may read over: cheaper than a second request, and rarely forbidden. */
const LARGEST_HOLE = 8

/** Puts points into as few requests as the limits of the specification and small holes allow. */
export function planRequests(points: readonly ModbusPoint[]): readonly PlannedRequest[] {
  const members = points.map((point, index) => ({ index, point })).sort((a, b) => compare(a.point, b.point))
  const groups: [Member, ...Member[]][] = []
  let end = 0
  for (const member of members) {
    const { point } = member
    const group = groups.at(-1)
    const first = group?.[0].point
    const newEnd = Math.max(end, point.register + widthOf(point))
    const fits =
      first !== undefined &&
      first.unit === point.unit &&
      first.table === point.table &&
      point.register - end <= LARGEST_HOLE &&
      newEnd - first.register <= TABLES[point.table].largestRequest
    if (group && fits) {
      group.push(member)
      end = newEnd
    } else {
      groups.push([member])
      end = point.register + widthOf(point)
    }
  }
  return groups.map(requestOf)
}

/** Two requests in place of one that the device refused; null where nothing is left to part. */
export function bisect(request: PlannedRequest): readonly [PlannedRequest, PlannedRequest] | null {
  const middle = Math.ceil(request.members.length / 2)
  const [first, ...others] = request.members.slice(0, middle)
  const [second, ...rest] = request.members.slice(middle)
  return first && second ? [requestOf([first, ...others]), requestOf([second, ...rest])] : null
}

function requestOf(members: readonly [Member, ...Member[]]): PlannedRequest {
  const { unit, table, register } = members[0].point
  const end = Math.max(...members.map(({ point }) => point.register + widthOf(point)))
  return { unit, span: { table, from: register, quantity: end - register }, members }
}

function compare(a: ModbusPoint, b: ModbusPoint): number {
  return a.unit - b.unit || a.table.localeCompare(b.table) || a.register - b.register || widthOf(a) - widthOf(b)
}
