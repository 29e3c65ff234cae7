import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import { killAndCheck } from '../sinks/recording/kill-and-check.js'
import { recordedLog, runOf, systemClock, TEMPERATURE, temporaryFolder } from '../sinks/recording/material.js'
import { startRecorder } from '../sinks/recording/recorder-child.js'

const KILLS = Number(process.env['RECORDER_KILLS'] ?? 100)
const AT_ONCE = 4
const LONGEST_LIFE_MS = 2000
const RACES = 100
const PROCESS_RACES = 24

test(`${KILLS} random kills while 2,000 readings/s and a 25.6 kHz waveform are recorded and merged lose nothing that was committed`, {
  timeout: 10_000 + KILLS * 5000,
}, async () => {
  const root = await temporaryFolder()
  let committed = 0
  let merges = 0
  let left = KILLS
  const killOn = async () => {
    while (left > 0) {
      const outcome = await killAndCheck(join(root, `run-${left--}`), Math.random() * LONGEST_LIFE_MS)
      committed += outcome.committed
      merges += outcome.merges
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, killOn))
  process.stdout.write(`${KILLS} kills: ${committed} committed, 0 lost, ${merges} merges under way or done\n`)
  expect(committed).toBeGreaterThan(KILLS * 100)
  // Of short lives on a busy machine fewer get as far as a merge.
  expect(merges).toBeGreaterThan(KILLS / 10)
})

test(`of several recorders on one folder one records, in each of ${RACES} races`, { timeout: 120_000 }, async () => {
  const root = await temporaryFolder()
  for (let race = 0; race < RACES; race++) {
    const folder = join(root, `race-${race}`)
    const sinks = Array.from({ length: 3 }, () => createRecordingSink({ folder, clock: systemClock, log: recordedLog() }))
    const outcomes = await Promise.allSettled(sinks.map((one) => one.start(runOf([TEMPERATURE]))))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await Promise.all(sinks.map((one) => one.close('duration')))
    expect((await verifyRecording(folder)).ok).toBe(true)
  }
})

test(`of several processes that begin at once on one folder one records, in each of ${PROCESS_RACES} races`, {
  timeout: 240_000,
}, async () => {
  const root = await temporaryFolder()
  for (let race = 0; race < PROCESS_RACES; race++) {
    const folder = join(root, `race-${race}`)
    const recorders = await Promise.all(Array.from({ length: 3 }, () => startRecorder(folder, { forMs: 100 })))
    await Promise.all(recorders.map(({ exited }) => exited))
    const lines = recorders.map(({ firstLine }) => firstLine)
    // One that comes when the first is through finds a complete recording.
    expect(
      lines.filter((line) => line === 'recording'),
      lines.join('; '),
    ).toHaveLength(1)
    expect(
      lines.filter((line) => /^refused RECORDING_(IN_USE|EXISTS)/.test(line)),
      lines.join('; '),
    ).toHaveLength(2)
    expect((await verifyRecording(folder)).ok).toBe(true)
  }
})
