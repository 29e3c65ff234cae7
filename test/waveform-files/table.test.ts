import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { openWaveformFile } from '../../src/waveform-files/open-waveform-file.js'
import { temporaryFolder } from '../sinks/recording/material.js'

const ROWS = 5000
const RATE = 2000
const value = (k: number) => Math.sin(k / 7)

async function saved(name: string, text: string): Promise<string> {
  const path = join(await temporaryFolder(), name)
  await writeFile(path, text)
  return path
}

const lines = (separator: string, decimal: string, time = (k: number) => k / RATE) =>
  Array.from({ length: ROWS }, (_, k) =>
    [time(k).toFixed(6), value(k).toFixed(9)].map((cell) => cell.replace('.', decimal)).join(separator),
  ).join('\n')

describe('a table as waveforms', () => {
  it('takes the rate from an even time column and the unit from the heading, and reads any part', async () => {
    await using file = await openWaveformFile(await saved('a.csv', `time [s],drive end [g]\n${lines(',', '.')}\n`))
    expect(file.channels).toEqual([{ name: 'drive end', unit: 'g', frames: ROWS, sampleRateHz: RATE, startedAt: null }])
    expect(file.notes).toEqual([])
    const [early, late, again] = [
      await file.read({ channel: 0, from: 10, count: 3 }),
      await file.read({ channel: 0, from: 4998, count: 9 }),
      await file.read({ channel: 0, from: 0, count: 1 }),
    ]
    expect([...early]).toEqual([10, 11, 12].map((k) => Number(value(k).toFixed(9))))
    expect(late).toHaveLength(2)
    expect(again[0]).toBe(0)
  })

  it('understands semicolons with decimal commas, and says that it takes a time without a unit for seconds', async () => {
    await using file = await openWaveformFile(await saved('b.csv', `Zeit;x\n${lines(';', ',')}\n`))
    expect(file.channels[0]).toMatchObject({ name: 'x', unit: null, sampleRateHz: RATE })
    expect(file.notes.join()).toContain('taken for seconds')
  })

  it('states no rate where times have a hole or there are none', async () => {
    const holed = await saved('c.csv', `t_ms,x\n${lines(',', '.', (k) => (k < 100 ? k : k + 50) / 2)}\n`)
    await using file = await openWaveformFile(holed)
    expect(file.channels[0]?.sampleRateHz).toBeNull()
    expect(file.notes.join()).toContain('not even')
    await using bare = await openWaveformFile(await saved('[d].csv', Array.from({ length: 100 }, (_, k) => value(k)).join('\n')))
    expect(bare.channels).toHaveLength(1)
    expect(bare.channels[0]).toMatchObject({ frames: 100, sampleRateHz: null })
  })

  it('reads Parquet with a timestamp of nanoseconds, whose first one is when it started', async () => {
    const path = join(await temporaryFolder(), 'e.parquet')
    const session = await openDuckdb({ memoryLimitMb: 256 })
    await session.connection.run(
      `COPY (SELECT make_timestamp_ns(1795000000000000000 + i * 19531)::TIMESTAMP_NS AS at, sin(i / 7)::FLOAT AS x, 'ok' AS remark FROM range(3000) r(i)) TO '${path}' (FORMAT parquet)`,
    )
    session.close()
    await using file = await openWaveformFile(path)
    expect(file.channels).toEqual([
      { name: 'x', unit: null, frames: 3000, sampleRateHz: expect.closeTo(1e9 / 19_531, 3) as number, startedAt: 1_795_000_000_000_000 },
    ])
    expect(file.notes).toEqual(['no numbers stand in remark'])
  })

  it.each([
    ['nothing', ''],
    ['rows of numbers that no separator tells apart', '1 2\n3 4 5\n6\n'],
    ['bytes that are no text', '\u0000\u0001\u0002'],
  ])('refuses a file of %s as unreadable', async (_, text) => {
    await expect(openWaveformFile(await saved('f.csv', text))).rejects.toMatchObject({ code: 'WAVEFORM_FILE_UNREADABLE' })
  })

  it.each([
    ['names', 'a,b\nx,y\n'],
    ['notes', '2026-11-20 bearing changed, see order 4711\nno oil, 3 drops\n'],
    ['nothing but a heading', 't,vib [g]\n'],
  ])('holds no measurement where it is %s', async (_, text) => {
    await expect(openWaveformFile(await saved('n.csv', text))).rejects.toMatchObject({ code: 'NO_MEASUREMENT' })
  })

  it('refuses a column for the time that is not there, with the ones that are', async () => {
    const path = await saved('g.csv', `when,x\n${lines(',', '.')}\n`)
    await expect(openWaveformFile(path, { timeColumn: 'then' })).rejects.toMatchObject({ code: 'USAGE' })
    await using file = await openWaveformFile(path, { timeColumn: 'when' })
    expect(file.channels[0]).toMatchObject({ name: 'x', sampleRateHz: RATE })
  })
})
