import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openRecordingShelf } from '../../src/cli/recording-shelf.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE } from '../sinks/recording/material.js'

async function folderOf(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chatterfix-shelf-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

it('a shelf knows the recordings in its folder once it is asked, and what replays them', async () => {
  const folder = await folderOf()
  const sink = createRecordingSink({ folder: join(folder, "it's run"), clock: systemClock, log: recordedLog() })
  await sink.start(runOf([TEMPERATURE]))
  await sink.take(batchFrom([TEMPERATURE], T0, 10))
  await sink.close('duration')
  const shelf = openRecordingShelf(folder, systemClock)
  expect(shelf.ask()).toMatchObject({ folder, phase: 'looking', recordings: [] })
  await vi.waitFor(() => expect(shelf.ask().phase).toBe('known'), 5000)
  const [recording] = shelf.ask().recordings
  expect(recording).toMatchObject({ name: "it's run", state: 'complete', startedAt: T0, stored: 10, dropped: 0, problem: null })
  expect(recording?.bytes).toBeGreaterThan(0)
  expect(recording?.replayCommand).toMatch(/^chatterfix replay '.*it'\\''s run'$/)
})

it('a shelf says why its folder cannot be looked at', async () => {
  const shelf = openRecordingShelf(join(await folderOf(), 'nowhere'), systemClock)
  shelf.ask()
  await vi.waitFor(
    () => expect(shelf.ask()).toMatchObject({ phase: 'failed', because: expect.stringContaining('nowhere') as string }),
    5000,
  )
})
