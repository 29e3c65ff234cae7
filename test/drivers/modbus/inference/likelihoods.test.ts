import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidatesAt } from '../../../../src/drivers/modbus/inference/candidate.js'
import { flagLikelihood } from '../../../../src/drivers/modbus/inference/flag-likelihood.js'
import { logAdd, logSum } from '../../../../src/drivers/modbus/inference/log-sum.js'
import { movementLikelihood } from '../../../../src/drivers/modbus/inference/movement-likelihood.js'
import { partBlock } from '../../../../src/drivers/modbus/inference/segment-lattice.js'
import { wholeNumberLikelihood } from '../../../../src/drivers/modbus/inference/whole-number-likelihood.js'
import { BYTE_ORDERS } from '../../../../src/drivers/modbus/register-type.js'

const ALL_REGISTERS = Array.from({ length: 65_536 }, (_, register) => register)

describe('likelihoods', () => {
  it('add up as numbers do, far outside what numbers can hold', () => {
    expect(logAdd(Math.log(2), Math.log(3))).toBeCloseTo(Math.log(5), 12)
    expect(logSum([-5000, -5000, -5000, -5000])).toBeCloseTo(-5000 + Math.log(4), 9)
    expect(logSum([])).toBe(Number.NEGATIVE_INFINITY)
    expect(logAdd(Number.NEGATIVE_INFINITY, -3)).toBe(-3)
  })

  it('of all registers that flags could give add up to one, in one sample and in two', () => {
    expect(total(ALL_REGISTERS.map((register) => flagLikelihood([register])))).toBeCloseTo(1, 9)
    const onward = ALL_REGISTERS.map((register) => flagLikelihood([0x0013, register]))
    expect(total(onward)).toBeCloseTo(Math.exp(flagLikelihood([0x0013])), 9)
  })

  it('of all values of a register add up to no more than one, and not to much less', () => {
    const unsigned = total(ALL_REGISTERS.map((value) => wholeNumberLikelihood([value], { bits: 16, sign: 'unsigned', standing: 0.4 })))
    const signed = total(ALL_REGISTERS.map((value) => wholeNumberLikelihood([value - 32_768], { bits: 16, sign: 'signed', standing: 0.4 })))
    for (const sum of [unsigned, signed]) {
      expect(sum).toBeLessThanOrEqual(1.01)
      expect(sum).toBeGreaterThan(0.9)
    }
  })

  it('of all places that a value could move to add up to one', () => {
    const next = Array.from({ length: 1999 }, (_, value) => movementLikelihood([1000, value + 1], { quantum: 1, standing: 0.4 }))
    expect(total(next)).toBeGreaterThan(0.95)
    expect(total(next)).toBeLessThan(1.01)
  })

  it('prefer a steady pace to leaps of the same size, and small leaps to large ones', () => {
    const model = { quantum: 1, standing: 0.4 }
    const steady = movementLikelihood([1000, 1010, 1020, 1030, 1040], model)
    const restless = movementLikelihood([1000, 1010, 1000, 1010, 1000], model)
    const wild = movementLikelihood([1000, 1900, 100, 1900, 100], model)
    expect(steady).toBeGreaterThan(restless)
    expect(restless).toBeGreaterThan(wild + Math.log(1000))
  })
})

describe('the ways to part a block', () => {
  it('are weighed so that each register belongs to exactly one value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...BYTE_ORDERS),
        (registers, order) => {
          const block = { table: 'holding', from: 10, samples: [Uint16Array.from(registers), Uint16Array.from(registers)] } as const
          const candidates = registers.map((_, at) => candidatesAt(block, at))
          const { posteriors } = partBlock(candidates, order)
          for (const at of registers.keys()) {
            const covering = candidates.flatMap((here) => here.filter((each) => each.at <= at && at < each.at + each.width))
            const mass = covering.reduce((sum, each) => sum + (posteriors[each.at]?.[candidates[each.at]?.indexOf(each) ?? -1] ?? 0), 0)
            expect(mass).toBeCloseTo(1, 6)
          }
        },
      ),
      { numRuns: 25, seed: 1 },
    )
  })
})

function total(logs: readonly number[]): number {
  return logs.reduce((sum, log) => sum + Math.exp(log), 0)
}
