import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatManifest } from '../../src/recordings/manifest-file.js'
import { markRecording } from '../../src/recordings/mark-recording.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE, temporaryFolder } from '../sinks/recording/material.js'
import { recorded } from './material.js'

const around = () => ({ now: systemClock.now(), signal: new AbortController().signal })
const MARKS = "SELECT time, text, sensors FROM events WHERE event = 'mark' ORDER BY time"

test('a mark in a closed recording is a part of its own that the journal commits', async () => {
  const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 10)])
  const told = await markRecording(folder, { at: T0 + 5, text: "valve opened; it's hot", sensors: [TEMPERATURE.key] }, around())
  expect(told).toMatchObject({ by: 'journal', time: '2026-11-22T15:00:00.000005Z' })
  await markRecording(folder, { at: T0 + 1, text: 'earlier', sensors: [] }, around())
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], notes: [], state: 'complete', stored: 10, parts: 3 })
  expect((await queryRecording({ folders: [folder], sql: MARKS })).rows).toEqual([
    { time: '2026-11-22T15:00:00.000001Z', text: 'earlier', sensors: [] },
    { time: '2026-11-22T15:00:00.000005Z', text: "valve opened; it's hot", sensors: [TEMPERATURE.key] },
  ])
  await expect(markRecording(folder, { at: T0, text: 'x', sensors: ['nobody'] }, around())).rejects.toMatchObject({
    code: 'RECORDING_SENSOR_UNKNOWN',
  })
})

test('a mark in a running recording is taken by the recorder and on its disk when the call returns', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog(), flushIntervalMs: 50 })
  await sink.start(runOf([TEMPERATURE]))
  const told = await Promise.all(['a', 'b'].map((text, i) => markRecording(folder, { at: T0 + i, text, sensors: [] }, around())))
  expect(told.map(({ by }) => by)).toEqual(['recorder', 'recorder'])
  expect((await queryRecording({ folders: [folder], sql: MARKS })).rows).toMatchObject([{ text: 'a' }, { text: 'b' }])
  await writeFile(join(folder, 'marks', `mark-${crypto.randomUUID()}.json`), '{"text":')
  await sink.close('duration')
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [] })
  expect((await queryRecording({ folders: [folder], sql: MARKS })).rows).toHaveLength(2)
})

test('where the recorder is gone, an interrupted recording takes the mark itself and stays interrupted', async () => {
  const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 10)])
  const { manifest } = await openRecording(folder)
  await writeFile(join(folder, 'manifest.json'), formatManifest({ ...manifest, stop: null }))
  await markRecording(folder, { at: T0, text: 'late', sensors: [] }, around())
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], state: 'interrupted', stored: 10 })
})
