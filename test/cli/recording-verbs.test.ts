import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildRecording } from '../../src/recordings/build-recording.js'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { runOf, T0, TEMPERATURE, temporaryFolder } from '../sinks/recording/material.js'
import { runCli } from './run-cli.js'

/** A thousand days of two readings every other hour, 20 s apart, ending at the time of the tests' material. */
async function longRecording(): Promise<string> {
  const folder = join(await temporaryFolder(), 'run')
  const session = await openDuckdb({ memoryLimitMb: 1024 })
  onTestFinished(session.close)
  const readings = `SELECT make_timestamp(${T0} - (24000 - 2 * (i // 2)) * 3600000000 + (i % 2) * 20000000) AS time, make_timestamp(${T0}) AS received, '${TEMPERATURE.key}' AS sensor,
    i::DOUBLE AS value, '°C' AS unit, NULL AS text, 0 AS quality FROM range(24000) t(i)`
  const signal = new AbortController().signal
  await buildRecording({
    folder,
    run: runOf([TEMPERATURE]),
    connection: session.connection,
    endedBy: 'duration',
    signal,
    tables: { readings },
  })
  return folder
}

test('every verb of recordings says what it did as one JSON document with a schema and a truthful exit code', {
  timeout: 120_000,
}, async () => {
  const folder = await longRecording()
  const beside = (name: string) => join(folder, '..', name)
  const json = async (...words: string[]) => {
    const { code, stdout, stderr } = await runCli(['recordings', ...words, '--json'])
    return { code, document: JSON.parse(stdout) as Record<string, unknown>, stderr }
  }
  const first = new Date((T0 - 24_000 * 3_600_000_000) / 1000).toISOString()
  expect(await json('cut', folder, beside('piece'), '--to', first)).toMatchObject({
    code: 0,
    document: { schema: 'chatterfix/recording/1', stored: 0 },
  })
  expect(await json('cut', folder, beside('piece'))).toMatchObject({ code: 2, document: { error: { code: 'RECORDING_EXISTS' } } })
  expect(await json('merge', folder, beside('piece'), beside('both'))).toMatchObject({
    code: 0,
    document: { stored: 24_000, doubled: 0, overlaps: [] },
  })
  expect(await json('merge', folder, beside('out'))).toMatchObject({ code: 2, document: { error: { code: 'USAGE' } } })
  expect(await json('mark', folder, 'valve opened')).toMatchObject({ code: 0, document: { schema: 'chatterfix/mark/1', by: 'journal' } })
  expect(await json('compact', folder)).toMatchObject({ code: 0, document: { schema: 'chatterfix/compaction/1', damaged: [] } })
  expect(await json('prune', folder)).toMatchObject({ code: 2, document: { error: { code: 'USAGE' } } })
  expect(await json('prune', folder, '--keep-raw', '10d')).toMatchObject({
    code: 2,
    document: { error: { message: 'prune deletes, and nobody is here to be asked' } },
  })
  expect(await json('prune', beside(''), '--keep-raw', '10d', '--keep', '2y', '--dry-run')).toMatchObject({
    code: 0,
    document: {
      schema: 'chatterfix/prune/1',
      dryRun: true,
      recordings: [{ outcome: 'pruned' }, { outcome: 'unchanged' }, { outcome: 'pruned' }],
    },
  })
  const pruned = await json('prune', folder, '--keep-raw', '10d', '--yes')
  expect(pruned).toMatchObject({
    code: 0,
    document: { recordings: [{ outcome: 'pruned', left: { days: expect.any(Number) as unknown } }] },
  })
  expect(await json('verify', folder)).toMatchObject({ code: 0, document: { ok: true, produced: 24_000 } })
  await truncate(join(folder, 'parts.jsonl'), 100)
  expect(await json('repair', folder, '--dry-run')).toMatchObject({ code: 6, document: { schema: 'chatterfix/repair/1', dryRun: true } })
  expect(await json('mark', folder, 'x')).toMatchObject({ code: 6, document: { error: { code: 'RECORDING_UNREADABLE' } } })
  expect(await json('repair', folder)).toMatchObject({ code: 0, document: { dryRun: false, verdict: { ok: true } } })
  expect(await json('repair', folder)).toMatchObject({ code: 0, document: { problems: [] } })
})
