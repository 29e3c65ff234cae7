import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completeSql } from '../../src/query/shell/complete-sql.js'
import { parseDotCommand } from '../../src/query/shell/dot-command.js'
import { openQueryHistory } from '../../src/query/shell/query-history.js'
import { scanStatement } from '../../src/query/shell/statement-text.js'
import { temporaryFolder } from '../sinks/recording/material.js'

test('a statement ends with the semicolon that is in no text, name or comment', () => {
  expect(scanStatement('SELECT \';\' -- ;\n, /* ; */ ";" ; SELECT 2')).toEqual({
    statement: 'SELECT \';\' -- ;\n, /* ; */ ";" ',
    rest: ' SELECT 2',
    open: null,
  })
  expect(scanStatement("SELECT 'it''s;").statement).toBeNull()
  expect(scanStatement("SELECT 'it''s;").open).toBe("'")
})

test('sensors complete inside a text, views, columns and words outside, commands at the start', () => {
  const words = { names: ['readings', 'received', 'sensor'], sensors: ['pump/a', "pump/b'c"], commands: ['.format csv', '.format json'] }
  expect(completeSql('', 'SELECT * FROM rea', words)).toEqual([['readings'], 'rea'])
  expect(completeSql('', 'SEL', words)).toEqual([['SELECT'], 'SEL'])
  expect(completeSql('SELECT *', "WHERE sensor = 'pu", words)).toEqual([["pump/a'", "pump/b''c'"], 'pu'])
  expect(completeSql('', '.for', words)[0]).toEqual(words.commands)
})

test('lines that begin with a dot are commands', () => {
  expect(parseDotCommand('.format csv')).toEqual({ kind: 'format', format: 'csv' })
  expect(parseDotCommand('.format parquet').kind).toBe('wrong')
  expect(parseDotCommand('.timeout 5m')).toEqual({ kind: 'timeout', timeoutMs: 300_000 })
  expect(parseDotCommand('.plot SELECT 1;')).toEqual({ kind: 'plot', sql: 'SELECT 1' })
  expect(parseDotCommand('.nothing').kind).toBe('wrong')
})

test('the history is kept for its owner only, and statements of several lines come back whole', async () => {
  const folder = join(await temporaryFolder(), 'state')
  await (await openQueryHistory(folder)).add('SELECT 1\nFROM readings;')
  expect((await openQueryHistory(folder)).entries).toEqual(['SELECT 1\nFROM readings;'])
  expect((await stat(join(folder, 'query-history'))).mode & 0o777).toBe(0o600)
})
