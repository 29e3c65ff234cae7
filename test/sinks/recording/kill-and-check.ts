import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect } from 'vitest'
import { summarise } from '../../../src/recordings/list-recordings.js'
import { openRecording } from '../../../src/recordings/open-recording.js'
import { queryRecording } from '../../../src/recordings/query-recording.js'
import { verifyRecording } from '../../../src/recordings/verify-recording.js'
import { systemClock } from './material.js'
import { startRecorder } from './recorder-child.js'

/** Kills a recorder that merges as it goes, so long after its start, and holds what is left against what it had said was committed. */
export async function killAndCheck(folder: string, afterMs: number): Promise<{ readonly committed: number; readonly merges: number }> {
  const recorder = await startRecorder(folder, { mergeLeast: 3 })
  expect(recorder.firstLine).toBe('recording')
  await systemClock.sleep(afterMs)
  recorder.child.kill('SIGKILL')
  await recorder.exited
  const label = `killed after ${afterMs} ms`
  await expectWholeUpToLastFlush(folder, label)
  const { journal } = await openRecording(folder)
  const { stored } = await verifyRecording(folder)
  const committed = recorder.committed()
  expect(stored, `${label}: ${committed} were said to be committed`).toBeGreaterThanOrEqual(committed)
  return { committed, merges: journal.entries.filter(({ replaces }) => replaces !== undefined).length }
}

async function expectWholeUpToLastFlush(folder: string, label: string): Promise<void> {
  const view = await openRecording(folder)
  expect(view.state, label).toBe('interrupted')
  expect((await summarise(folder)).state, label).toBe('interrupted')
  await readEachWithPlainDuckdb(folder)
  const verdict = await verifyRecording(folder)
  expect(verdict, label).toMatchObject({ ok: true, problems: [] })
  expect(verdict.produced, label).toBe(verdict.stored + verdict.buffered + verdict.dropped)
  const { rows } = await queryRecording({
    folders: [folder],
    sql: `SELECT (SELECT count(*) FROM readings) n, (SELECT count(DISTINCT value) FROM readings) d, (SELECT coalesce(max(value) + 1, 0) FROM readings) m,
      (SELECT count(*) FROM waveforms) w, (SELECT coalesce(max(sequence) + 1, 0) FROM waveforms) s`,
  })
  const { n, d, m, w, s } = rows[0] as Record<string, number>
  expect({ d, m }, `${label}: values are counted up, none is missing or double`).toEqual({ d: n, m: n })
  expect(s, `${label}: blocks are counted up`).toBe(w)
  expect(verdict.stored, label).toBe((n ?? 0) + (w ?? 0))
}

async function readEachWithPlainDuckdb(folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.parquet')) continue
    const result = await connection.runAndReadAll(`SELECT count(*) FROM '${join(folder, name)}'`)
    expect(Number(result.getRows()[0]?.[0])).toBeGreaterThan(0)
  }
  connection.closeSync()
  instance.closeSync()
}
