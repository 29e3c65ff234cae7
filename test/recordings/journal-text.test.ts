import { mkdir, open, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isPartName, JOURNAL_FILE, type JournalEntry, type PartEntry, partName, TABLE_NAMES } from '../../src/readings/recording-layout.js'
import { FIRST_SUM, formatJournalLine, parseJournal, readJournal } from '../../src/recordings/journal-text.js'
import { formatManifest, readManifest } from '../../src/recordings/manifest-file.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE } from '../sinks/recording/material.js'
import { recorded } from './material.js'

const PART: PartEntry = {
  name: 'readings-000002.parquet',
  table: 'readings',
  rows: 3,
  count: 3,
  from: '2026-11-22T15:00:00.000000Z',
  to: '2026-11-22T15:00:00.020000Z',
  bytes: 900,
  sha256: '0'.repeat(64),
}
const ENTRY: JournalEntry = {
  flush: 2,
  at: '2026-11-22T15:00:01.000000Z',
  parts: [PART],
  produced: 6,
  stored: 6,
  buffered: 0,
  dropped: 0,
  gaps: 0,
}
const withPart = (part: object): JournalEntry => ({ ...ENTRY, parts: [{ ...PART, ...part }] })

/** An interrupted recording whose journal goes on with a line that has a right sum. */
async function interruptedWith(entry: JournalEntry): Promise<string> {
  const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)], 'deep/rec')
  const { manifest } = await readManifest(folder)
  await writeFile(join(folder, 'manifest.json'), formatManifest({ ...manifest, stop: null }))
  const path = join(folder, JOURNAL_FILE)
  const text = await readFile(path, 'utf8')
  await writeFile(path, text + formatJournalLine(entry, parseJournal(text).sum).line)
  return folder
}

describe('a journal with right sums that somebody else wrote', () => {
  test('moves no file outside its folder when a recorder goes on there', async () => {
    const folder = await interruptedWith(withPart({ name: '../../victim.txt' }))
    const victim = join(folder, '../../victim.txt')
    await writeFile(victim, 'precious')
    // Its temporary name, `.tmp-../../victim.txt`, is this file.
    await writeFile(join(folder, 'victim.txt'), 'evil')
    const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
    await expect(sink.start(runOf([TEMPERATURE]))).rejects.toMatchObject({
      code: 'RECORDING_UNREADABLE',
      facts: { because: expect.stringMatching(/line 2 of the journal does not make sense.*no name of a part/) as unknown },
    })
    expect(await readFile(victim, 'utf8')).toBe('precious')
  })

  test('shows readers no part by a path', async () => {
    const folder = await interruptedWith(withPart({ name: '../other/readings-000001.parquet' }))
    await mkdir(join(folder, '..', 'other'))
    const { journal, parts } = await openRecording(folder)
    expect(journal.damage).toMatch(/does not make sense/)
    expect(parts.map(({ name }) => name)).toEqual(['readings-000001.parquet'])
  })

  test('is read up to the first line that makes no sense', () => {
    const senseless: readonly object[] = [
      withPart({ name: 'events-000002.parquet' }),
      withPart({ name: 'readings-2.parquet' }),
      withPart({ table: 'secrets' }),
      withPart({ rows: -1 }),
      withPart({ bytes: 1.5 }),
      withPart({ sha256: 'x' }),
      withPart({ from: 'x'.repeat(100) }),
      withPart({ path: '/etc/passwd' }),
      { ...ENTRY, parts: Array.from({ length: 6 }, () => PART) },
      { ...ENTRY, produced: '6' },
      { ...ENTRY, flush: undefined },
    ]
    for (const entry of senseless) {
      const good = formatJournalLine(ENTRY, FIRST_SUM)
      const journal = parseJournal(good.line + formatJournalLine(entry as JournalEntry, good.sum).line)
      expect(journal, JSON.stringify(entry)).toMatchObject({ entries: [ENTRY], torn: false, sum: good.sum })
      expect(journal.damage, JSON.stringify(entry)).toMatch(/^line 2 of the journal does not make sense/)
    }
  })
})

test('a line that never ends costs no more than the longest line there may be', async () => {
  const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])
  await truncate(join(folder, JOURNAL_FILE), 2 ** 33)
  const before = process.memoryUsage().rss
  const { journal, parts } = await openRecording(folder)
  expect(journal).toMatchObject({ lines: 1, torn: false, damage: 'line 2 of the journal is damaged' })
  expect(parts).toHaveLength(1)
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
})

test('of a very long journal the last lines are held one by one and the others as what they come to', { timeout: 30_000 }, async () => {
  const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])
  const { manifest } = await readManifest(folder)
  const first = await readJournal(folder)
  const [entry] = first.entries
  if (entry === undefined) throw new TypeError()
  const file = await open(join(folder, JOURNAL_FILE), 'a')
  let { sum } = first
  let text = ''
  const flushes = 30_000
  for (let flush = 2; flush <= flushes; flush++) {
    const formatted = formatJournalLine({ ...entry, flush, parts: [] }, sum)
    text += formatted.line
    sum = formatted.sum
    if (flush % 10_000 === 0) {
      await file.write(text)
      text = ''
    }
  }
  await file.close()
  const stop = manifest.stop === null ? null : { ...manifest.stop, journal: { lines: flushes, sum } }
  await writeFile(join(folder, 'manifest.json'), formatManifest({ ...manifest, stop }))
  const { journal } = await openRecording(folder)
  expect(journal).toMatchObject({ lines: flushes, sum, damage: null, torn: false })
  expect(journal.entries.length).toBeLessThan(20_001)
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], stored: 3, produced: 3 })
})

test('a name of a part is what partName gives and nothing else', () => {
  for (const table of TABLE_NAMES)
    for (const number of [0, 1, 999_999, 1_000_000, 123_456_789]) expect(isPartName(partName(table, number), table)).toBe(true)
  for (const name of ['readings-0000001.parquet', 'readings-000001.parquet\n', '/readings-000001.parquet', '.tmp-readings-000001', ''])
    expect(isPartName(name, 'readings'), name).toBe(false)
})

test('a manifest whose counts or sensors are of the wrong kind is refused at the door', async () => {
  const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 3)])
  const { manifest } = await readManifest(folder)
  const wrong: readonly object[] = [
    { ...manifest, stop: { ...manifest.stop, stored: '3' } },
    { ...manifest, stop: { ...manifest.stop, dropped: -1 } },
    { ...manifest, sensors: [{ ...TEMPERATURE, limits: { warningHigh: 'DROP' } }] },
    { ...manifest, assets: [{ key: 'pump-247', ratedSpeedRpm: '1500' }] },
  ]
  for (const one of wrong) {
    await writeFile(join(folder, 'manifest.json'), formatManifest(one as typeof manifest))
    await expect(openRecording(folder), JSON.stringify(one)).rejects.toMatchObject({ code: 'RECORDING_UNREADABLE' })
  }
})
