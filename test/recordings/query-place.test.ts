import { expect, test } from 'vitest'
import { Fault } from '../../src/faults/fault.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { batchFrom, T0, TEMPERATURE } from '../sinks/recording/material.js'
import { recorded } from './material.js'

test('where a statement goes wrong while it runs is told by its own lines', async () => {
  const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])
  const placeOf = async (sql: string) => {
    const fault: unknown = await queryRecording({ folders: [folder], sql }).catch((thrown: unknown) => thrown)
    return fault instanceof Fault ? (fault.facts.where ?? {}) : {}
  }
  const sql = 'SELECT time,\n  sensor::INTEGER\nFROM readings'
  expect(await placeOf(sql)).toEqual({ sql: '  sensor::INTEGER', at: '        ^ line 2' })
  expect(await placeOf('SELECT sensor::INTEGER FROM readings')).toMatchObject({
    sql: 'SELECT sensor::INTEGER FROM readings',
    at: expect.stringMatching(/^ *\^$/) as unknown,
  })
  expect(await placeOf('SELECT valu FROM readings')).toMatchObject({ sql: 'SELECT valu FROM readings', at: '       ^' })
})

test('views are the same whichever way a statement names them', async () => {
  const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])
  const ask = async (sql: string) => (await queryRecording({ folders: [folder], sql })).rows
  const plain = await ask('SELECT * FROM readings ORDER BY time')
  expect(plain).toHaveLength(3)
  for (const sql of [
    'FROM readings ORDER BY time',
    'SELECT * FROM memory.main."READINGS" ORDER BY time',
    'WITH mine AS (FROM readings) SELECT * FROM mine ORDER BY time',
    '-- all\nSELECT * FROM readings ORDER BY time',
    'SELECT r.* FROM readings r SEMI JOIN sensors USING (sensor) ORDER BY time',
    'SELECT r.* FROM readings r SEMI JOIN readings s USING (time) ORDER BY time',
  ])
    expect(await ask(sql)).toEqual(plain)
  expect(await ask('WITH readings AS (SELECT 1 AS x) SELECT * FROM readings')).toEqual([{ x: 1 }])
  expect(await ask('SELECT * FROM (WITH readings AS (SELECT 1 AS x) SELECT * FROM readings)')).toEqual([{ x: 1 }])
})
