import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fault } from '../../src/faults/fault.js'
import { listRecordings } from '../../src/recordings/list-recordings.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { batchFrom, T0, TEMPERATURE, temporaryFolder, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { recorded } from './material.js'

const SENSORS = [TEMPERATURE, VIBRATION]

function everything() {
  return recorded(SENSORS, [
    batchFrom([TEMPERATURE], T0, 500),
    waveformOf({ startedAt: T0, samples: new Float32Array(5000).fill(1.5) }),
    { kind: 'event', at: T0, event: 'mark', severity: 'note', text: 'here', sensors: [] },
    { kind: 'gap', sensors: [TEMPERATURE.key], from: T0, to: T0 + 1, cause: 'x', missing: 1 },
  ])
}

test('a flipped bit in any file of a recording is found, wherever it is', { timeout: 60_000 }, async () => {
  const folder = await everything()
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [] })
  const names = await readdir(folder)
  expect(names.toSorted()).toEqual([
    'events-000003.parquet',
    'gaps-000004.parquet',
    'manifest.json',
    'parts.jsonl',
    'readings-000001.parquet',
    'waveforms-000002.parquet',
  ])
  for (const name of names) {
    const path = join(folder, name)
    const whole = await readFile(path)
    const places = fc.sample(fc.tuple(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 7 })), {
      numRuns: 6,
      seed: 3,
    })
    for (const [offset, bit] of [...places, [whole.length - 1, 0] as const, [whole.length - 1, 2] as const]) {
      const damaged = Buffer.from(whole)
      damaged.writeUInt8(damaged.readUInt8(offset) ^ (1 << bit), offset)
      await writeFile(path, damaged)
      const verdict = await verifyRecording(folder).catch((thrown: unknown) => thrown)
      if (verdict instanceof Fault) expect(verdict.code, `${name}, byte ${offset}, bit ${bit}`).toBe('RECORDING_UNREADABLE')
      else expect(verdict, `${name}, byte ${offset}, bit ${bit}`).toMatchObject({ ok: false })
    }
    await writeFile(path, whole)
  }
  expect(await verifyRecording(folder)).toMatchObject({ ok: true })
})

test('a part that is missing, cut short or foreign is named, and the rest stays readable', async () => {
  const folder = await everything()
  await rm(join(folder, 'waveforms-000002.parquet'))
  await writeFile(join(folder, 'events-000003.parquet'), 'PAR1')
  await cp(join(folder, 'readings-000001.parquet'), join(folder, 'readings-000099.parquet'))
  const { ok, problems } = await verifyRecording(folder)
  expect(ok).toBe(false)
  expect(problems).toEqual([
    'waveforms-000002.parquet: it is missing',
    'readings-000099.parquet: it is not part of this recording',
    expect.stringMatching(/^events-000003.parquet: 4 bytes instead of \d+$/),
  ])
  const { rows, warnings } = await queryRecording({
    folders: [folder],
    sql: 'SELECT (SELECT count(*) FROM readings) r, (SELECT count(*) FROM events) e',
  })
  expect(rows).toEqual([{ r: 500, e: 0 }])
  expect(warnings).toEqual([expect.stringMatching(/^events-000003.parquet is left out: .*too small/)])
})

test('what is no recording is refused with the right code', async () => {
  const root = await temporaryFolder()
  await expect(openRecording(join(root, 'nothing'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  await expect(openRecording(root)).rejects.toMatchObject({ code: 'RECORDING_UNREADABLE' })
  for (const text of ['', 'null', '[]', '{"schema":"other/1"}', '\0\0', '{"schema":"chatterfix/recording-manifest/1","start":{}}']) {
    await writeFile(join(root, 'manifest.json'), text)
    await expect(verifyRecording(root), text).rejects.toMatchObject({ code: 'RECORDING_UNREADABLE' })
  }
})

test('a list shows every recording below a folder, also one that cannot be read', async () => {
  const root = join(await everything(), '..')
  await mkdir(join(root, 'deep/er'), { recursive: true })
  await cp(join(root, 'run'), join(root, 'deep/er/run-2'), { recursive: true })
  await cp(join(root, 'run'), join(root, 'broken'), { recursive: true })
  await writeFile(join(root, 'broken/manifest.json'), '{')
  await mkdir(join(root, 'other'))
  await writeFile(join(root, 'other/manifest.json'), '{"name":"a web page"}')
  expect(await listRecordings(root)).toMatchObject([
    { name: 'broken', state: 'unreadable', problem: expect.stringContaining('manifest.json') as unknown },
    { name: 'run-2', state: 'complete', sensors: 2, stored: 501, gaps: 1, parts: 4, endedBy: 'duration' },
    { name: 'run', state: 'complete' },
  ])
  await expect(listRecordings(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
})
