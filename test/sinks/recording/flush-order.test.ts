import { fstatSync } from 'node:fs'
import { open, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { formatManifest, readManifest } from '../../../src/recordings/manifest-file.js'
import { openRecording } from '../../../src/recordings/open-recording.js'
import { showParts } from '../../../src/sinks/recording/part-file.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { recorded } from '../../recordings/material.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE, temporaryFolder } from './material.js'

interface Syncing {
  readonly fd: number
  sync(): Promise<void>
  datasync(): Promise<void>
}

/** Notes what is brought to the disk, in order, of every file of this process. */
async function noteSyncs(): Promise<string[]> {
  const any = await open(import.meta.filename)
  const handles = Object.getPrototypeOf(any) as Syncing
  await any.close()
  const { sync, datasync } = handles
  const noted: string[] = []
  handles.sync = function (this: Syncing) {
    noted.push(fstatSync(this.fd).isDirectory() ? 'folder' : 'file')
    return sync.call(this)
  }
  handles.datasync = function (this: Syncing) {
    noted.push('journal')
    return datasync.call(this)
  }
  onTestFinished(() => void Object.assign(handles, { sync, datasync }))
  return noted
}

test('a flush brings parts and their names to the disk before the journal commits them', async () => {
  const sink = createRecordingSink({
    folder: join(await temporaryFolder(), 'run'),
    clock: systemClock,
    log: recordedLog(),
    flushIntervalMs: 60_000,
  })
  await sink.start(runOf([TEMPERATURE]))
  await sink.take(batchFrom([TEMPERATURE], T0, 3))
  const noted = await noteSyncs()
  await sink.close('duration')
  // After the journal: the renamed parts, then the manifest that says how it ended.
  expect(noted).toEqual(['file', 'folder', 'journal', 'folder', 'file', 'folder'])
})

test('a committed part that is neither under its temporary name nor its own is not taken for shown', async () => {
  const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])
  const { parts } = await openRecording(folder)
  await expect(showParts(folder, parts)).resolves.toBeUndefined()
  await rm(join(folder, 'readings-000001.parquet'))
  await expect(showParts(folder, parts)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('measurements whose part was taken away before it could be shown are not counted as stored', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog(), flushIntervalMs: 60_000 })
  await sink.start(runOf([TEMPERATURE]))
  await sink.take(batchFrom([TEMPERATURE], T0, 3))
  const any = await open(import.meta.filename)
  const handles = Object.getPrototypeOf(any) as Syncing
  await any.close()
  const { datasync } = handles
  onTestFinished(() => void Object.assign(handles, { datasync }))
  handles.datasync = async function (this: Syncing) {
    await datasync.call(this)
    for (const name of await readdir(folder)) if (name.startsWith('.tmp-readings')) await rm(join(folder, name))
  }
  await expect(sink.close('duration')).rejects.toMatchObject({ code: 'RECORDING_NOT_WRITABLE' })
  expect(sink.tally()).toMatchObject({ stored: 0, dropped: 3 })
})

test('a recorder does not go on where a part of the last flush is gone, and says which', async () => {
  const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])
  const { manifest } = await readManifest(folder)
  await writeFile(join(folder, 'manifest.json'), formatManifest({ ...manifest, stop: null }))
  await rm(join(folder, 'readings-000001.parquet'))
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await expect(sink.start(runOf([TEMPERATURE]))).rejects.toMatchObject({
    code: 'RECORDING_UNREADABLE',
    facts: { because: expect.stringContaining('readings-000001.parquet') as unknown },
  })
})
