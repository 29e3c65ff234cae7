import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { batchFrom, T0, TEMPERATURE, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { recorded } from './material.js'

test('the views have the promised columns first, over one recording or two', async () => {
  const one = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)], "one'")
  const two = await recorded([VIBRATION], [waveformOf({ startedAt: T0, samples: Float32Array.of(1, 2) })], 'two')
  const ask = async (sql: string, folders = [one, two]) => (await queryRecording({ folders, sql })).rows
  const columnsOf = async (view: string) => (await ask(`DESCRIBE ${view}`)).map((row) => row['column_name'])
  expect((await columnsOf('readings')).slice(0, 5)).toEqual(['time', 'sensor', 'value', 'unit', 'quality'])
  expect((await columnsOf('waveforms')).slice(0, 4)).toEqual(['time', 'sensor', 'sample_rate_hz', 'samples'])
  expect(await ask('SELECT recording, count(*) n FROM readings GROUP BY ALL')).toEqual([{ recording: "one'", n: 3 }])
  expect(await ask('SELECT samples, recording FROM waveforms')).toEqual([{ samples: [1, 2], recording: 'two' }])
  expect(await ask('SELECT sensor, unit, warning_high, recording FROM sensors ORDER BY recording')).toEqual([
    { sensor: TEMPERATURE.key, unit: '°C', warning_high: 80, recording: "one'" },
    { sensor: VIBRATION.key, unit: 'g', warning_high: null, recording: 'two' },
  ])
  expect(await ask('SELECT * FROM gaps UNION ALL BY NAME SELECT * FROM events')).toEqual([])
})

test('two recordings of the same name are told apart by the paths they were asked by', async () => {
  const one = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)], 'run-1')
  const two = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 4)], 'run-1')
  const other = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 5)], 'run-2')
  const asGiven = relative(process.cwd(), two)
  const { rows } = await queryRecording({
    folders: [one, asGiven, other],
    sql: 'SELECT recording, count(*) n, (SELECT count(*) FROM sensors s WHERE s.recording = r.recording) s FROM readings r GROUP BY ALL ORDER BY n',
  })
  expect(rows).toEqual([
    { recording: one, n: 3, s: 1 },
    { recording: asGiven, n: 4, s: 1 },
    { recording: 'run-2', n: 5, s: 1 },
  ])
})

test('values become what JSON can say', async () => {
  const folder = await recorded([], [])
  const { rows } = await queryRecording({
    folders: [folder],
    sql: `SELECT 1::BIGINT a, 9007199254740993::BIGINT b, 1.50::DECIMAL(10,2) c, 'nan'::DOUBLE d, [1.5::FLOAT, NULL] e, {'x': 1} f, MAP {'k': 1} g,
      TIMESTAMP '2020-01-01 00:00:00.123456' h, TIMESTAMPTZ '2020-01-01 00:00:00+02' i, DATE '2020-01-01' j, true k, NULL l, TIMESTAMP 'infinity' m`,
  })
  expect(rows).toEqual([
    {
      a: 1,
      b: '9007199254740993',
      c: 1.5,
      d: null,
      e: [1.5, null],
      f: { x: 1 },
      g: [{ key: 'k', value: 1 }],
      h: '2020-01-01T00:00:00.123456Z',
      i: '2019-12-31T22:00:00.000000Z',
      j: '2020-01-01',
      k: true,
      l: null,
      m: 'infinity',
    },
  ])
})

describe('the cage', () => {
  const ESCAPES = [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM read_parquet('https://example.invalid/x.parquet')",
    "COPY (SELECT 1) TO '/tmp/never.parquet'",
    "ATTACH '/tmp/never.db'",
    'INSTALL httpfs',
    'LOAD httpfs',
    "SET memory_limit = '100GB'",
    'SET enable_external_access = true',
    "PRAGMA enable_profiling = 'json'",
    'CREATE TABLE t (i INT)',
    'DROP VIEW readings',
    'EXPLAIN ANALYZE SELECT 1',
    "EXPORT DATABASE '/tmp/never'",
    'CALL pragma_version()',
    'SELECT 1; SELECT 2',
    "SELECT * FROM query('DROP VIEW readings')",
    'SELECT * FROM nowhere',
    'SELEC 1',
    '',
    '-- nothing',
    '/* nothing */',
    ';',
  ]
  test('refuses everything but one SELECT over the recording', async () => {
    const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])
    for (const sql of ESCAPES)
      await expect(queryRecording({ folders: [folder], sql }), sql).rejects.toMatchObject({ code: 'QUERY_INVALID' })
  })

  test('even its own parts cannot be overwritten by a trick', async () => {
    const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])
    const path = join(folder, 'readings-000001.parquet')
    const before = await readFile(path)
    const sql = `EXPLAIN ANALYZE COPY (SELECT 1) TO '${path}' (USE_TMP_FILE false)`
    await expect(queryRecording({ folders: [folder], sql })).rejects.toMatchObject({ code: 'QUERY_INVALID' })
    expect((await readFile(path)).equals(before)).toBe(true)
  })

  test('other files in the folder of the recording stay closed', async () => {
    const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])
    await writeFile(join(folder, 'secret.txt'), 'x')
    const sql = `SELECT * FROM read_text('${join(folder, 'secret.txt')}')`
    await expect(queryRecording({ folders: [folder], sql })).rejects.toMatchObject({ code: 'QUERY_INVALID' })
  })

  test('too long, too many rows, too much memory, interrupted: each is stopped and told', async () => {
    const folders = [await recorded([], [])]
    const endless = 'SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b'
    await expect(queryRecording({ folders, sql: endless, timeoutMs: 100 })).rejects.toMatchObject({ code: 'QUERY_LIMIT' })
    await expect(queryRecording({ folders, sql: 'SELECT * FROM range(5000)', maxRows: 1000 })).rejects.toMatchObject({
      code: 'QUERY_LIMIT',
    })
    const hungry = 'SELECT list(range) FROM range(100000000)'
    await expect(queryRecording({ folders, sql: hungry, memoryLimitMb: 64 })).rejects.toMatchObject({ code: 'QUERY_LIMIT' })
    await expect(queryRecording({ folders, sql: endless, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })
})
