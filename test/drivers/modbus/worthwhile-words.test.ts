import { describe, expect, it } from 'vitest'
import { ASCII_FRAMING, decodeAscii, encodeAscii } from '../../../src/drivers/modbus/ascii-frame.js'
import { FrameDamage } from '../../../src/drivers/modbus/frame-damage.js'
import { LineDamage } from '../../../src/drivers/modbus/line-damage.js'
import { RTU_FRAMING } from '../../../src/drivers/modbus/rtu-frame.js'
import { costPerWord, isConvincing, slipRisk, worthwhileWords } from '../../../src/drivers/modbus/worthwhile-words.js'
import { bitErrors, randomOf } from '../../fakes/modbus-line/noise.js'
import { slowCrc } from '../../fakes/modbus-line/wire-format.js'

/**
 * How many patterns of three and four wrong bits CRC-16 does not notice in a frame of so many bits, counted: it is linear, so a pattern goes unnoticed where its
 * own check, reckoned from 0 instead of 0xFFFF, is 0; for four bits, where those of two pairs are the same (each pattern is three pairs of pairs).
 */
function patternsOfFour(bits: number): { readonly three: number; readonly four: number } {
  const zero = slowCrc(new Uint8Array(bits / 8))
  const checks = Array.from({ length: bits }, (_, bit) => {
    const bytes = new Uint8Array(bits / 8)
    bytes[bit >> 3] = 1 << (bit & 7)
    return slowCrc(bytes) ^ zero
  })
  const single = new Set(checks)
  const pairs = new Uint32Array(65_536)
  let three = single.size === bits ? 0 : 1
  for (let a = 0; a < bits; a++)
    for (let b = a + 1; b < bits; b++) {
      const check = (checks[a] ?? 0) ^ (checks[b] ?? 0)
      pairs[check] = (pairs[check] ?? 0) + 1
      if (single.has(check)) three++
    }
  return { three, four: pairs.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0) / 3 }
}

const rtuAt = (bitErrorRate: number) => ({ framing: RTU_FRAMING, bitErrorRate })

describe('how many words are worth asking for at a time', () => {
  it('is what the derivative of the cost says, where the check lets nothing through: n² + Wn = W / 16p', () => {
    const framing = { ...RTU_FRAMING, check: { fewestErrors: 4, slips: () => 0, assumedErrors: 0 } }
    for (const bitErrorRate of [1e-4, 3e-4, 1e-3, 3e-3])
      for (const requestCost of [5, 12, 40]) {
        const exact = (requestCost / 2) * (Math.sqrt(1 + 1 / (4 * bitErrorRate * requestCost)) - 1)
        const words = worthwhileWords(requestCost, { framing, bitErrorRate })
        expect(Math.abs(words - Math.min(125, exact))).toBeLessThanOrEqual(1)
      }
  })

  it('is all that the specification allows on a clean line, and falls with every error', () => {
    const sizes = [0, 1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2].map((rate) => worthwhileWords(12, rtuAt(rate)))
    expect(sizes.slice(0, 3)).toEqual([125, 125, 125])
    // Beyond that every answer is asked for twice anyway, and a longer one is no worse.
    for (const [index, size] of sizes.slice(0, 6).entries()) expect(size).toBeLessThanOrEqual(sizes[Math.max(0, index - 1)] ?? 125)
    expect(sizes[5]).toBeLessThan(12)
  })

  it('at 1e-3 takes short answers that can be believed at once for cheaper than long ones that must come twice', () => {
    const best = worthwhileWords(12, rtuAt(1e-3))
    expect(isConvincing((5 + 2 * best) * 8, rtuAt(1e-3))).toBe(true)
    for (const words of [14, 22, 60, 125]) {
      expect(isConvincing((5 + 2 * words) * 8, rtuAt(1e-3))).toBe(false)
      expect(costPerWord(words, 12, rtuAt(1e-3))).toBeGreaterThan(costPerWord(best, 12, rtuAt(1e-3)))
    }
  })
})

describe('what slips through the check', () => {
  it('is nothing of one, two or three wrong bits with CRC-16, and of four no more than is reckoned with', () => {
    for (const bytes of [5, 7, 9, 11, 13, 15, 17, 19, 21, 25, 31, 45, 65, 85, 125, 205, 255]) {
      const bits = bytes * 8
      const unnoticed = patternsOfFour(bits)
      expect(unnoticed.three, `${bytes} bytes`).toBe(0)
      const all = (bits * (bits - 1) * (bits - 2) * (bits - 3)) / 24
      expect(unnoticed.four / all, `${bytes} bytes`).toBeLessThan(RTU_FRAMING.check.slips(bits))
      expect(unnoticed.four / all, `${bytes} bytes`).toBeGreaterThan(RTU_FRAMING.check.slips(bits) / 3)
    }
  })

  it('is below one in a hundred pairs of wrong bits in ASCII, and no single one', () => {
    const random = randomOf(3)
    const sampleBits = 17 * 8
    const tally = { single: 0, pairs: 0, missed: 0 }
    for (let frame = 0; frame < 60; frame++) {
      const sound = encodeAscii(
        1,
        Uint8Array.from({ length: 6 }, () => Math.floor(random() * 256)),
      )
      const spoilt = (...bits: readonly number[]): boolean => {
        const bytes = Uint8Array.from(sound)
        for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        return decodeAscii(bytes) !== null
      }
      for (let a = 0; a < sound.length * 8; a++) {
        tally.single += Number(spoilt(a))
        for (let b = a + 1; b < sound.length * 8; b += 3) {
          tally.pairs++
          tally.missed += Number(spoilt(a, b))
        }
      }
    }
    expect(tally.single).toBe(0)
    expect(tally.missed).toBeGreaterThan(0)
    expect(tally.missed / tally.pairs).toBeLessThan(ASCII_FRAMING.check.slips(sampleBits))
  })

  it('is about two answers of 125 registers in a million at 1e-3, and of one register none in a billion', () => {
    expect(slipRisk(255 * 8, rtuAt(1e-3)) * 1e6).toBeGreaterThan(2)
    expect(slipRisk(255 * 8, rtuAt(1e-3)) * 1e6).toBeLessThan(10)
    expect(slipRisk(7 * 8, rtuAt(1e-3))).toBeLessThan(1e-9)
    expect(slipRisk(15 * 8, { framing: ASCII_FRAMING, bitErrorRate: 1e-3 })).toBeGreaterThan(1e-6)
  })
})

describe('the error rate of a line', () => {
  it.each([1e-4, 1e-3, 3e-3])('is found from which frames are broken, at %d', (rate) => {
    const spoil = bitErrors(rate, randomOf(8))
    const damage = new FrameDamage(0)
    const frame = new Uint8Array(85)
    for (let count = 0; count < 3000; count++) damage[spoil(frame) === frame ? 'sound' : 'broken'](frame.length * 8)
    expect(damage.bitErrorRate / rate).toBeGreaterThan(0.6)
    expect(damage.bitErrorRate / rate).toBeLessThan(1.6)
  })

  it('lets requests grow again, slowly, once the line is clean', () => {
    const damage = new LineDamage(RTU_FRAMING)
    const spoil = bitErrors(1e-3, randomOf(2))
    const hear = (count: number, noise: (bytes: Uint8Array) => Uint8Array): number => {
      for (let time = 0; time < count; time++) {
        const frame = new Uint8Array(5 + 2 * damage.mostValues(1, 'holding', 12))
        damage.count(1, noise(frame) === frame ? 'sound' : 'broken', frame.length * 8)
      }
      return damage.mostValues(1, 'holding', 12)
    }
    expect(hear(1, () => new Uint8Array(0))).toBeGreaterThan(60)
    const noisy = hear(1500, spoil)
    expect(noisy).toBeLessThan(16)
    const clean = (bytes: Uint8Array): Uint8Array => bytes
    const steps = [50, 300, 1000, 3000].map((count) => hear(count, clean))
    expect(steps[0]).toBeLessThan(30)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(steps.at(-1)).toBe(125)
    expect(damage.mostValues(1, 'coil', 12)).toBe(125 * 16)
  })
})
