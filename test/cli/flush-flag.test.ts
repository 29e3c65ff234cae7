import { Parser } from '@oclif/core'
import { expect, test } from 'vitest'
import { flushFlag } from '../../src/cli/flush-flag.js'

async function parsed(...argv: string[]): Promise<number> {
  const { flags } = await Parser.parse(argv, { flags: { flush: flushFlag() } })
  return flags.flush
}

test('--flush takes 100 ms to 60 s, a second where nobody says', async () => {
  expect(await parsed()).toBe(1000)
  expect(await parsed('--flush', '100ms')).toBe(100)
  expect(await parsed('--flush', '60s')).toBe(60_000)
  expect(await parsed('--flush', '1m')).toBe(60_000)
})

test.each(['99ms', '61s', '0s', 'often', '-1s'])('--flush %s is refused with what is meant', async (text) => {
  await expect(parsed(`--flush=${text}`)).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining(text) as unknown })
})
