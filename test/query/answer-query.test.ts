import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { printAnswer, saveAnswer, writerOf } from '../../src/query/answer-query.js'
import { chooseRecordings } from '../../src/query/choose-recordings.js'
import type { TextDrain } from '../../src/query/text-drain.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { recorded } from '../recordings/material.js'
import { batchFrom, T0, TEMPERATURE, temporaryFolder } from '../sinks/recording/material.js'

const collecting = (): TextDrain & { text: string } => ({
  text: '',
  write(text) {
    this.text += text
    return Promise.resolve(true)
  },
})

test('CSV is read back by another program as it was, and no cell of it is a formula', async () => {
  const folders = [await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])]
  const to = collecting()
  const sql = `SELECT TIMESTAMP '2020-01-01 00:00:00.5' "time", 'a "b", c' x, '=1+1' AS "=y", -1.5 n, NULL::VARCHAR z, ['@a'] l, 'x
y' m FROM readings; -- the end`
  const { answer } = await printAnswer({ folders, sql }, writerOf('csv'), to)
  expect(answer).toBe(3)
  expect(to.text.split('\r\n')).toHaveLength(5)
  const [header, first]: string[][] = parse(to.text, { recordDelimiter: '\r\n' })
  expect(header).toEqual(['time', 'x', "'=y", 'n', 'z', 'l', 'm'])
  expect(first).toEqual(['2020-01-01T00:00:00.500000Z', 'a "b", c', "'=1+1", '-1.5', '', '["@a"]', 'x\ny'])
})

test('JSON and JSON Lines say the same as the rows of a program', async () => {
  const folders = [await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])]
  const sql = 'SELECT *, [1, 2] l, 1 AS "time" FROM readings'
  const { rows } = await queryRecording({ folders, sql })
  const [array, lines, none] = [collecting(), collecting(), collecting()]
  await printAnswer({ folders, sql }, writerOf('json'), array)
  await printAnswer({ folders, sql }, writerOf('jsonl'), lines)
  await printAnswer({ folders, sql: `${sql} WHERE false` }, writerOf('json'), none)
  expect(JSON.parse(array.text)).toEqual(rows)
  expect(
    lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(rows)
  expect(JSON.parse(none.text)).toEqual([])
})

test('a file takes its place whole or not at all, and replaces nothing unless told to', async () => {
  const folders = [await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])]
  const folder = await temporaryFolder()
  const path = join(folder, 'out.parquet')
  const to = { path, format: 'parquet', existing: 'refuse' } as const
  const { answer } = await saveAnswer({ folders, sql: 'FROM readings' }, to)
  expect(answer).toMatchObject({ file: path, rows: 3 })
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  expect((await connection.runAndReadAll(`SELECT count(*), count(sensor) FROM '${path}'`)).getRows()).toEqual([[3n, 3n]])
  connection.closeSync()
  await expect(saveAnswer({ folders, sql: 'FROM readings' }, to)).rejects.toMatchObject({ code: 'QUERY_FILE_EXISTS' })
  await expect(
    saveAnswer({ folders, sql: "SELECT error('no') FROM readings" }, { ...to, format: 'csv', existing: 'replace' }),
  ).rejects.toMatchObject({
    code: 'QUERY_INVALID',
  })
  expect(await readdir(folder)).toEqual(['out.parquet'])
  expect((await readFile(path)).subarray(0, 4).toString()).toBe('PAR1')
})

test('even the file that is written cannot be read or written by the statement', async () => {
  const folders = [await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])]
  const path = join(await temporaryFolder(), 'out.parquet')
  const sql = `COPY (SELECT 1) TO '${path}'`
  await expect(saveAnswer({ folders, sql }, { path, format: 'parquet', existing: 'refuse' })).rejects.toMatchObject({
    code: 'QUERY_INVALID',
  })
  const close = `SELECT 1) TO '${path}'; DROP VIEW readings; --`
  await expect(saveAnswer({ folders, sql: close }, { path, format: 'csv', existing: 'refuse' })).rejects.toMatchObject({
    code: 'QUERY_INVALID',
  })
})

test('a reader that goes ends a result of any size at once; a slow one costs the query no time', async () => {
  const folders = [await recorded([], [])]
  const sql = 'SELECT range FROM range(100000000)'
  let writes = 0
  await printAnswer({ folders, sql }, writerOf('csv'), { write: () => Promise.resolve(++writes < 3) })
  expect(writes).toBe(3)
  const slow = { write: () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 1500)) }
  const { answer } = await printAnswer({ folders, sql: 'SELECT 1', timeoutMs: 1400 }, writerOf('csv'), slow)
  expect(answer).toBe(1)
})

test('what is wrong in a statement is pointed at, with what was probably meant', async () => {
  const folders = [await recorded([], [])]
  const because = async (sql: string) => {
    const fault = (await queryRecording({ folders, sql }).catch((thrown: unknown) => thrown)) as {
      facts: { where: unknown; because: string }
    }
    return fault.facts
  }
  expect(await because('SELECT sensr FROM readings')).toMatchObject({
    where: { sql: 'SELECT sensr FROM readings', at: '       ^' },
    because: 'Referenced column "sensr" not found in FROM clause; did you mean "sensor"?',
  })
  expect((await because('SELECT r.valu FROM readings r')).because).toMatch(/did you mean "value"\?$/)
  expect((await because('SELECT *\nFROM minuts')).where).toEqual({ sql: 'FROM minuts', at: '     ^ line 2' })
  expect((await because('SELEC 1')).because).toBe('Parser Error: syntax error at or near "SELEC"')
})

test('all recordings below a folder are asked; one that cannot be read is told and left out', async () => {
  const one = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)], 'one')
  const root = join(one, '..')
  const broken = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)], 'broken')
  const chosen = await chooseRecordings({ named: [broken], roots: [root] })
  expect(chosen).toEqual({ folders: [broken, one], leftOut: [] })
  expect(
    (await queryRecording({ folders: chosen.folders, sql: 'SELECT recording, count(*) n FROM readings GROUP BY 1 ORDER BY 1' })).rows,
  ).toEqual([
    { recording: 'broken', n: 3 },
    { recording: 'one', n: 3 },
  ])
  await writeFile(join(broken, 'manifest.json'), 'no manifest')
  const { folders, leftOut } = await chooseRecordings({ named: [], roots: [root, join(broken, '..')] })
  expect(folders).toEqual([one])
  expect(leftOut).toEqual([expect.stringContaining(broken) as unknown])
  await expect(chooseRecordings({ named: [], roots: [await temporaryFolder()] })).rejects.toMatchObject({ code: 'USAGE' })
})
