import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ModbusPoint, parseModbusPoint, widthOf } from '../../../src/drivers/modbus/address.js'
import { TABLES } from '../../../src/drivers/modbus/register-type.js'
import { bisect, type PlannedRequest, planRequests } from '../../../src/drivers/modbus/request-plan.js'
import { advance, dueMs } from '../../../src/readings/sampling-schedule.js'

const point = (path: string): ModbusPoint => parseModbusPoint(`modbus-tcp://h/${path}`)
const spans = (requests: readonly PlannedRequest[]): unknown[] =>
  requests.map(({ unit, span }) => [unit, span.table, span.from, span.quantity])

const points = fc.array(
  fc
    .record({
      unit: fc.integer({ min: 1, max: 3 }),
      table: fc.constantFrom('holding', 'input'),
      register: fc.integer({ min: 0, max: 600 }),
      as: fc.constantFrom('uint16', 'float32', 'float64'),
    })
    .map(({ unit, table, register, as }) => point(`${unit}/${table}/${register}?as=${as}`)),
  { maxLength: 60 },
)

describe('the plan of requests', () => {
  it('joins neighbours over small holes, and parts units, tables and what lies far off', () => {
    const plan = planRequests(['1/holding/10', '1/holding/0?as=float32', '1/holding/300', '2/holding/1', '1/input/1'].map(point))
    expect(spans(plan)).toEqual([
      [1, 'holding', 0, 11],
      [1, 'holding', 300, 1],
      [1, 'input', 1, 1],
      [2, 'holding', 1, 1],
    ])
  })

  it('asks for every point exactly once, whole, and never for more than a request may', () => {
    fc.assert(
      fc.property(points, (all) => {
        const plan = planRequests(all)
        expect(plan.flatMap(({ members }) => members.map(({ index }) => index)).sort((a, b) => a - b)).toEqual([...all.keys()])
        for (const { unit, span, members } of plan) {
          expect(span.quantity).toBeLessThanOrEqual(TABLES[span.table].largestRequest)
          for (const member of members) {
            expect([member.point.unit, member.point.table]).toEqual([unit, span.table])
            expect(member.point.register).toBeGreaterThanOrEqual(span.from)
            expect(member.point.register + widthOf(member.point)).toBeLessThanOrEqual(span.from + span.quantity)
          }
        }
      }),
    )
  })

  it('parts a refused request down to single points', () => {
    const [whole] = planRequests(['1/holding/0', '1/holding/4', '1/holding/8'].map(point))
    const halves = whole && bisect(whole)
    expect(halves && spans(halves)).toEqual([
      [1, 'holding', 0, 5],
      [1, 'holding', 8, 1],
    ])
    expect(halves && bisect(halves[1])).toBeNull()
  })
})

describe('the schedule of a period', () => {
  it('never drifts, and counts the samples that were overrun', () => {
    let schedule = { startMs: 1000, periodMs: 100, next: 0 }
    const late = advance(schedule, 1099)
    expect([dueMs(late.schedule), late.skipped]).toEqual([1100, 0])
    schedule = late.schedule
    const overrun = advance(schedule, 1430)
    expect([dueMs(overrun.schedule), overrun.skipped]).toEqual([1400, 2])
  })
})
