import { describe, expect, it } from 'vitest'
import { transferAnswer } from '../../../src/analysis/vibration/transfer-answer.js'
import { formatTransfer } from '../../../src/output/transfer-report.js'

const force = Float64Array.from({ length: 8192 }, (_, k) => Math.sin(k * k))

function answered(outputUnit: string | null, inputUnit: string | null) {
  const samples = force.map((value) => 3 * value)
  const input = { file: 'f', channel: 'response', samples, sampleRateHz: 1000, unit: outputUnit, shaftSpeedRpm: null, bearing: null }
  const reference = { channel: 'force', samples: force, unit: inputUnit }
  return transferAnswer({ ...input, machine: null, reference }, { kind: 'transfer', resolutionHz: undefined, peaks: 2 })
}

describe('the unit of a transfer function', () => {
  it('is that of what answers over that of what drives', () => {
    expect(answered('g', 'N')).toMatchObject({ unit: 'g/N', warnings: [] })
  })

  it.each([
    ['g', null, 'force'],
    [null, 'N', 'response'],
    [null, null, 'response and of force'],
  ])('is unknown where one is %s and the other %s, and says of which channel', (output, input, who) => {
    const answer = answered(output, input)
    expect(answer.unit).toBeNull()
    expect(answer.warnings).toEqual([expect.stringContaining(`unit of ${who} is not stated`)])
    expect(answer.magnitude[100]).toBeCloseTo(3, 9)
    expect(formatTransfer(answer, 100)).not.toMatch(/null|\/u/)
  })
})
