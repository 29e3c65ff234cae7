import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/faults/fault.js'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { readSeries } from '../../src/recordings/read-series.js'
import { temporaryFolder } from '../sinks/recording/material.js'
import { imported } from './material.js'

async function foreignParquet(): Promise<string> {
  const path = join(await temporaryFolder(), 'theirs.parquet')
  const session = await openDuckdb({ memoryLimitMb: 256 })
  await session.connection.run(
    `COPY (SELECT TIMESTAMPTZ '2026-11-22 15:00:00+00' + INTERVAL (i) SECOND AS ts, i * 0.5 AS temp, {'a': i} AS nested FROM range(100) t(i)) TO '${path}' (FORMAT parquet)`,
  )
  session.close()
  return path
}

describe('a Parquet file of somebody else', () => {
  it('is taken as its columns are mapped', async () => {
    const path = await foreignParquet()
    const { recording, rows } = await imported([path], join(path, '../out'), {
      time: 'ts',
      values: ['temp'],
      name: 'tank/temperature',
      units: ['°C'],
    })
    expect(rows.readings).toBe(100)
    const { time, value, sensor } = await readSeries({ folder: recording, sensor: 'tank/temperature' })
    expect([time[99], value[99], sensor.unit]).toEqual([1_795_359_699, 49.5, '°C'])
  })

  it('with any byte changed gives rows or a Fault, and leaves nothing behind', { timeout: 60_000 }, async () => {
    const good = await readFile(await foreignParquet())
    const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(changes, async (each) => {
        const folder = await temporaryFolder()
        const bytes = Buffer.from(good)
        for (const [at, value] of each) bytes[at] = value
        await writeFile(join(folder, 'x.parquet'), bytes)
        await imported([join(folder, 'x.parquet')], join(folder, 'out'), { time: 'ts', values: ['temp'], name: 's' }).catch(
          (thrown: unknown) => {
            if (!(thrown instanceof Fault)) throw thrown
          },
        )
        expect((await readdir(folder)).filter((name) => name.startsWith('.tmp'))).toEqual([])
      }),
      { numRuns: 6 },
    )
  })

  it('that takes longer or more memory than it may is stopped', async () => {
    const path = await foreignParquet()
    const mapping = { time: 'ts', values: ['temp'], name: 's' }
    await expect(imported([path], join(path, '../out'), mapping, { limits: { timeoutMs: 1, memoryMb: 512 } })).rejects.toMatchObject({
      code: 'IMPORT_LIMIT',
    })
    const session = await openDuckdb({ memoryLimitMb: 2048 })
    const large = join(path, '../large.parquet')
    await session.connection.run(
      `COPY (SELECT TIMESTAMPTZ '2026-01-01 00:00:00Z' AS ts, repeat('x', 120000000) AS temp) TO '${large}' (FORMAT parquet)`,
    )
    session.close()
    await expect(imported([large], join(path, '../out'), mapping, { limits: { timeoutMs: 20_000, memoryMb: 64 } })).rejects.toMatchObject({
      code: 'IMPORT_LIMIT',
    })
  })
})

describe('a DuckDB file of somebody else', () => {
  it('gives its tables and never its views, which may read anything', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'theirs.duckdb')
    const session = await openDuckdb({ memoryLimitMb: 256 })
    await session.connection.run(`ATTACH '${path}' AS theirs`)
    await session.connection.run("CREATE TABLE theirs.log AS SELECT 1795359600 + i AS t, 'pump' AS tag, i AS v FROM range(10) x(i)")
    await session.connection.run("CREATE VIEW theirs.readings AS SELECT * FROM read_csv('/etc/passwd')")
    await session.connection.run('DETACH theirs')
    session.close()
    const { rows, sensors } = await imported([path], join(folder, 'out'), { time: 't', sensor: 'tag', values: ['v'], timeFormat: 'unix-s' })
    expect([rows.readings, sensors]).toEqual([10, 1])
  })
})
