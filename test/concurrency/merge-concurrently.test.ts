import { describe, expect, it } from 'vitest'
import { mergeConcurrently } from '../../src/concurrency/merge-concurrently.js'

async function* thrice(item: number): AsyncGenerator<number> {
  for (let turn = 0; turn < 3; turn++) {
    await Promise.resolve()
    yield item * 10 + turn
  }
}

describe('many sources merged into one', () => {
  it('give everything that each of them gives, in its order', async () => {
    const all = await Array.fromAsync(mergeConcurrently([1, 2, 3, 4, 5], { concurrency: 2, work: thrice, leave: () => undefined }))
    expect(all.toSorted()).toEqual([1, 2, 3, 4, 5].flatMap((item) => [0, 1, 2].map((turn) => item * 10 + turn)))
    for (const item of [1, 2, 3, 4, 5]) {
      expect(all.filter((one) => Math.floor(one / 10) === item)).toEqual([0, 1, 2].map((turn) => item * 10 + turn))
    }
  })

  it('are at work in no greater number than was allowed', async () => {
    let working = 0
    let most = 0
    async function* work(item: number): AsyncGenerator<number> {
      most = Math.max(most, ++working)
      yield* thrice(item)
      working--
    }
    await Array.fromAsync(mergeConcurrently([1, 2, 3, 4, 5, 6], { concurrency: 3, work, leave: () => undefined }))
    expect(most).toBe(3)
  })

  it('are told when their taker leaves early, and wait for nobody to take what they have found', async () => {
    const left = new AbortController()
    let finished = 0
    async function* endless(item: number): AsyncGenerator<number> {
      while (!left.signal.aborted) yield* thrice(item)
      finished++
    }
    for await (const one of mergeConcurrently([1, 2, 3], { concurrency: 3, work: endless, leave: () => left.abort() })) {
      expect(one).toBeGreaterThan(0)
      break
    }
    expect(left.signal.aborted).toBe(true)
    expect(finished).toBeLessThanOrEqual(3)
  })

  it('end with the first failure among them', async () => {
    async function* work(item: number): AsyncGenerator<number> {
      if (item === 2) throw new RangeError('broken')
      yield* thrice(item)
    }
    await expect(Array.fromAsync(mergeConcurrently([1, 2, 3], { concurrency: 2, work, leave: () => undefined }))).rejects.toThrow('broken')
  })
})
