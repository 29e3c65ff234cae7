import { createHash } from 'node:crypto'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { JOURNAL_FILE, type JournalEntry } from '../../src/readings/recording-layout.js'
import { compactRecording } from '../../src/recordings/compact-recording.js'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { FIRST_SUM, formatJournalLine } from '../../src/recordings/journal-text.js'
import { findLongestWaveform } from '../../src/recordings/longest-waveform.js'
import { formatManifest, readManifest } from '../../src/recordings/manifest-file.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { recorded } from './material.js'

const SENSORS = [TEMPERATURE, VIBRATION]
const RATE = 25_600
const LENGTHS = [5000, 100]
/** Blocks that join: each begins where the one before ended. */
const BLOCKS = LENGTHS.map((length, n) =>
  waveformOf({
    startedAt: T0 + (n === 0 ? 0 : (5000 / RATE) * 1e6),
    samples: Float32Array.from({ length }, (_, i) => n * 10_000 + i),
    sequence: n,
  }),
)

/** A recording as version 1 wrote it: no `sample_count`, sums and manifest accordingly. */
async function ofVersion1(state: 'complete' | 'interrupted'): Promise<string> {
  const folder = await recorded(SENSORS, [batchFrom([TEMPERATURE], T0, 3), ...BLOCKS])
  const { connection, close } = await openDuckdb({ memoryLimitMb: 256 })
  for (const name of (await readdir(folder)).filter((one) => one.startsWith('waveforms-'))) {
    const path = join(folder, name)
    await connection.run(`COPY (SELECT * EXCLUDE (sample_count) FROM '${path}') TO '${path}.old' (FORMAT parquet, COMPRESSION zstd)`)
    await rename(`${path}.old`, path)
  }
  close()
  const { journal } = await openRecording(folder)
  let text = ''
  let sum = FIRST_SUM
  for (const entry of journal.entries) {
    const parts: JournalEntry['parts'][number][] = []
    for (const part of entry.parts) {
      const bytes = await readFile(join(folder, part.name))
      parts.push({ ...part, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    }
    const formatted = formatJournalLine({ ...entry, parts }, sum)
    text += formatted.line
    sum = formatted.sum
  }
  await writeFile(join(folder, JOURNAL_FILE), text)
  const { manifest } = await readManifest(folder)
  const stop = manifest.stop === null || state === 'interrupted' ? null : { ...manifest.stop, journal: { ...manifest.stop.journal, sum } }
  await writeFile(join(folder, 'manifest.json'), formatManifest({ ...manifest, schema: 'chatterfix/recording-manifest/1', stop }))
  return folder
}

const countsSql = 'SELECT sequence, fragment, sample_count, samples[1] AS first FROM waveforms ORDER BY ALL'
const COUNTS = [
  { sequence: 0, fragment: 0, sample_count: 4096, first: 0 },
  { sequence: 0, fragment: 1, sample_count: 904, first: 4096 },
  { sequence: 1, fragment: 0, sample_count: 100, first: 10_000 },
]

test('a recording of version 1 is read as it is, and nothing of it is changed', async () => {
  const folder = await ofVersion1('complete')
  const before = await readFile(join(folder, 'manifest.json'), 'utf8')
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], stored: 5 })
  expect((await queryRecording({ folders: [folder], sql: countsSql })).rows).toEqual(COUNTS)
  const { longest, stretches } = await findLongestWaveform({ folder, sensor: VIBRATION.key, tailS: 1 })
  expect({ length: longest?.length, stretches }).toEqual({ length: 5100, stretches: 1 })
  expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe(before)
})

test('a recorder that goes on in a recording of version 1 raises it, and old and new parts are read together', async () => {
  const folder = await ofVersion1('interrupted')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog(), compaction: 'none' })
  await sink.start(runOf(SENSORS))
  await sink.take(waveformOf({ startedAt: T0 + 9e6, samples: new Float32Array(7), sequence: 2 }))
  await sink.close('duration')
  const { manifest } = await readManifest(folder)
  expect(manifest).toMatchObject({ schema: 'chatterfix/recording-manifest/2', raisedFrom: 'chatterfix/recording-manifest/1' })
  const all = [...COUNTS, { sequence: 2, fragment: 0, sample_count: 7, first: 0 }]
  const ask = async () => (await queryRecording({ folders: [folder], sql: countsSql })).rows
  expect(await ask()).toEqual(all)
  await compactRecording(folder, { now: T0, signal: new AbortController().signal })
  expect((await openRecording(folder)).parts.filter(({ table }) => table === 'waveforms')).toHaveLength(1)
  expect(await ask()).toEqual(all)
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], stored: 6 })
})

test('merging the parts of a recording of version 1 makes it one of version 2 before its journal says so', async () => {
  const folder = await ofVersion1('complete')
  await compactRecording(folder, { now: T0, signal: new AbortController().signal })
  const { manifest, journal } = await openRecording(folder)
  expect(journal.entries.some(({ checkpoint, replaces }) => checkpoint !== undefined || replaces !== undefined)).toBe(true)
  expect(manifest.schema).toBe('chatterfix/recording-manifest/2')
  expect((await queryRecording({ folders: [folder], sql: countsSql })).rows).toEqual(COUNTS)
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], state: 'complete' })
})
