import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from './run-cli.js'

const HEAVY = ['ink', 'react', '@duckdb', 'node-opcua', 'mqtt', 'serialport', '@serialport', 'aedes', 'hono', 'zod']

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loaded-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function packagesLoadedBy(words: readonly string[]): Promise<string[]> {
  const file = join(folder, words.join('_'))
  const { code } = await runCli(words, {
    env: { NOTE_MODULES_IN: file },
    nodeFlags: ['--import', new URL('note-loaded-modules.mjs', import.meta.url).href],
  })
  expect(code).toBe(0)
  const urls = (await readFile(file, 'utf8')).split('\n')
  return [...new Set(urls.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []))]
}

describe('the first answers', () => {
  it.each([[['--help']], [['--version']], [['record', '--help']], [['watch', '--help']], [['query', '--help']]])(
    'load none of the heavy packages: %s',
    async (words) => {
      const loaded = await packagesLoadedBy(words)
      expect(
        loaded.filter((name) => HEAVY.some((heavy) => name === heavy || name.startsWith(`${heavy}/`) || name.startsWith('node-opcua'))),
      ).toEqual([])
    },
  )

  it('load nothing at all for --version', async () => {
    expect(await packagesLoadedBy(['--version'])).toEqual([])
  })

  it('the count itself works: a command of oclif is seen to load oclif', async () => {
    expect(await packagesLoadedBy(['record', '--help'])).toContain('@oclif/core')
  })
})
