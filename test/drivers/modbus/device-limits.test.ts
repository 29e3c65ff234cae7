import { describe, expect, it } from 'vitest'
import { type ModbusPoint, parseModbusPoint } from '../../../src/drivers/modbus/address.js'
import { DeviceLimits } from '../../../src/drivers/modbus/device-limits.js'
import { RequestCosts } from '../../../src/drivers/modbus/request-costs.js'
import { bisect, type PlannedRequest, planRequests } from '../../../src/drivers/modbus/request-plan.js'

const point = (register: number): ModbusPoint => parseModbusPoint(`modbus-tcp://h/1/holding/${register}`)
const points = (from: number, to: number): ModbusPoint[] => Array.from({ length: to - from + 1 }, (_, index) => point(from + index))
const quantities = (plan: readonly PlannedRequest[]): number[] => plan.map(({ span }) => span.quantity)

interface Device {
  readonly largest: number
  readonly illegal: readonly number[]
  readonly sizeCode: 2 | 3
}

/** Polls a device as a line does, plan by plan, until nothing is refused. */
function settle(wanted: readonly ModbusPoint[], device: Device) {
  const limits = new DeviceLimits()
  const terms = { wordsPerRequest: 100, largest: limits.largest, isForbidden: limits.isForbidden, standsAlone: limits.standsAlone }
  const refusals: number[] = []
  let plan: readonly PlannedRequest[] = []
  for (let round = 0; round < 40; round++) {
    plan = planRequests(wanted, terms)
    let refused = 0
    const ask = (request: PlannedRequest): boolean => {
      const { from, quantity } = request.span
      const isIllegal = device.illegal.some((at) => at >= from && at < from + quantity)
      if (quantity <= device.largest && !isIllegal) {
        limits.accepted(request)
        return true
      }
      refused++
      const code = quantity > device.largest ? device.sizeCode : 2
      const halves = bisect(request)
      if (!halves) limits.refusedAlone(request)
      else if (halves.map(ask).every(Boolean)) limits.parted({ whole: request, halves, code })
      return false
    }
    for (const request of plan) ask(request)
    refusals.push(refused)
  }
  return { plan, refusals }
}

describe('what a device refuses', () => {
  it('is learnt where it gives fewer values at a time than the specification allows, by whichever exception', () => {
    for (const sizeCode of [2, 3] as const)
      for (const largest of [1, 7, 16, 64, 100]) {
        const { plan, refusals } = settle(points(0, 199), { largest, illegal: [], sizeCode })
        expect(refusals.at(-1), `largest ${largest}, exception ${sizeCode}`).toBe(0)
        expect(Math.max(...quantities(plan))).toBeLessThanOrEqual(largest)
        expect(plan.length).toBeLessThanOrEqual(Math.ceil(200 / Math.max(1, largest - 4)))
      }
  })

  it('is never read over again where a hole is illegal, and the other holes still are', () => {
    const wanted = [0, 10, 20, 30, 40, 50].map(point)
    const { plan, refusals } = settle(wanted, { largest: 125, illegal: [25], sizeCode: 3 })
    expect(plan.map(({ span }) => [span.from, span.quantity])).toEqual([
      [0, 21],
      [30, 21],
    ])
    expect(refusals.slice(3).every((count) => count === 0)).toBe(true)
  })

  it('does not let one illegal point spoil its neighbours', () => {
    const { plan } = settle(points(0, 9), { largest: 125, illegal: [4], sizeCode: 3 })
    expect(plan.map(({ span }) => [span.from, span.quantity])).toEqual([
      [0, 4],
      [4, 1],
      [5, 5],
    ])
  })
})

describe('what a request costs', () => {
  it('is found from answer times of different sizes: t = a + b · words', () => {
    const costs = new RequestCosts(100)
    for (let round = 0; round < 200; round++)
      for (const quantity of [1, 20, 60, 125]) costs.add({ table: 'holding', from: 0, quantity }, 30 + 2 * quantity)
    expect(costs.wordsPerRequest).toBeGreaterThan(15 / 1.5)
    expect(costs.wordsPerRequest).toBeLessThan(15 * 1.5)
  })

  it('stays what was assumed while all requests are of one size', () => {
    const costs = new RequestCosts(12)
    for (let round = 0; round < 200; round++) costs.add({ table: 'holding', from: 0, quantity: 10 }, 25)
    expect(costs.wordsPerRequest).toBe(12)
  })

  it('is not turned over by one answer that a pause made slow', () => {
    const costs = new RequestCosts(100)
    for (let round = 0; round < 100; round++)
      for (const quantity of [1, 20, 60, 125]) costs.add({ table: 'holding', from: 0, quantity }, 30 + quantity)
    const before = costs.wordsPerRequest
    costs.add({ table: 'holding', from: 0, quantity: 125 }, 5000)
    costs.add({ table: 'holding', from: 0, quantity: 1 }, 5000)
    expect(costs.wordsPerRequest).toBe(before)
  })

  it('settles whether a hole is read over', () => {
    const wanted = [0, 40].map(point)
    expect(quantities(planRequests(wanted, { wordsPerRequest: 45 }))).toEqual([41])
    expect(quantities(planRequests(wanted, { wordsPerRequest: 12 }))).toEqual([1, 1])
  })

  it('is as low as any parting into requests can be', () => {
    // Every parting of six points, tried one by one.
    const registers = [0, 3, 30, 31, 70, 140]
    const costOf = (groups: readonly (readonly number[])[]): number =>
      groups.reduce((sum, group) => sum + 20 + ((group.at(-1) ?? 0) - (group[0] ?? 0) + 1), 0)
    let cheapest = Number.POSITIVE_INFINITY
    for (let cuts = 0; cuts < 2 ** 5; cuts++) {
      const groups: number[][] = [[]]
      registers.forEach((register, at) => {
        groups.at(-1)?.push(register)
        if (at < 5 && (cuts >> at) & 1) groups.push([])
      })
      if (groups.every((group) => (group.at(-1) ?? 0) - (group[0] ?? 0) < 125)) cheapest = Math.min(cheapest, costOf(groups))
    }
    const plan = planRequests(registers.map(point), { wordsPerRequest: 20 })
    expect(plan.reduce((sum, { span }) => sum + 20 + span.quantity, 0)).toBe(cheapest)
  })
})
