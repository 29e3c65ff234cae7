import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ResultFile } from '../../src/batch-analysis/result-file.js'
import { isInShard, parseShard } from '../../src/batch-analysis/shard.js'
import { temporaryFolder } from '../sinks/recording/material.js'

const line = (key: string, channel: string, channels: number) =>
  JSON.stringify({ type: 'vibration', path: `${key}.wav`, key, channels, channel })

describe('kept results', () => {
  it('know which files are done, and cut off what a kill left: half a line, or a file of which a channel is missing', async () => {
    const path = join(await temporaryFolder(), 'r.jsonl')
    const whole = `${line('a', 'ch1', 1)}\n${line('b', 'ch1', 2)}\n${line('b', 'ch2', 2)}\n`
    for (const torn of [
      '',
      line('c', 'ch1', 1).slice(0, 20),
      line('c', 'ch1', 1),
      `${line('c', 'ch1', 2)}\n`,
      `${line('c', 'ch1', 3)}\n${line('c', 'ch2', 3)}\n{"ty`,
    ]) {
      await writeFile(path, whole + torn)
      {
        await using results = await ResultFile.open(path)
        expect([...results.done]).toEqual(['a', 'b'])
      }
      expect(await readFile(path, 'utf8')).toBe(whole)
    }
  })

  it('do not count a failure as done', async () => {
    const path = join(await temporaryFolder(), 'r.jsonl')
    await writeFile(path, `${JSON.stringify({ type: 'failure', path: 'x.wav', key: 'x', error: {} })}\n${line('a', 'ch1', 1)}\n`)
    await using results = await ResultFile.open(path)
    expect([...results.done]).toEqual(['a'])
  })

  it('leave a file alone that holds something else', async () => {
    const path = join(await temporaryFolder(), 'r.jsonl')
    for (const other of ['a letter to my mother\n', '{"type":"reading"}\n', 'no line break']) {
      await writeFile(path, other)
      await expect(ResultFile.open(path)).rejects.toMatchObject({ code: 'USAGE' })
      expect(await readFile(path, 'utf8')).toBe(other)
    }
  })
})

describe('shares of the files', () => {
  it('together hold every file once, of about the same size each', () => {
    const names = Array.from({ length: 4000 }, (_, k) => `route/${k}.wav`)
    const shares = [1, 2, 3, 4].map((index) => names.filter((name) => isInShard(name, { index, of: 4 })))
    expect(shares.flat().sort()).toEqual([...names].sort())
    for (const share of shares) expect(Math.abs(share.length - 1000)).toBeLessThan(120)
  })

  it.each(['0/4', '5/4', '1', 'a/b', '1/0'])('%s is none', (text) => {
    expect(() => parseShard(text)).toThrow(`--shard ${text}`)
  })
})
