import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { expect, onTestFinished, test } from 'vitest'
import { acquireWriterLock } from '../../src/recordings/writer-lock.js'
import { temporaryFolder } from '../sinks/recording/material.js'

test('one whose lock was swept before it had its name has lost the race, and says to whom', async () => {
  const folder = await temporaryFolder()
  const { link } = fs.promises
  const put = (other: typeof link) => {
    fs.promises.link = other
    syncBuiltinESMExports()
  }
  onTestFinished(() => put(link))
  put(async (from, to) => {
    put(link)
    // The winner takes its lock and sweeps the folder just now.
    expect(await acquireWriterLock(folder, 'first')).toMatchObject({ held: true })
    await fs.promises.rm(from)
    await link(from, to)
  })
  expect(await acquireWriterLock(folder, 'second')).toMatchObject({ held: false, by: { pid: process.pid, since: 'first' } })
})
