import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Freight } from '../../src/readings/measurement.js'
import { QUALITY } from '../../src/readings/quality.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { horizonOf } from '../../src/recordings/prune-horizon.js'
import { pruneRecording } from '../../src/recordings/prune-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { recorded } from '../recordings/material.js'
import { STATE, T0, TEMPERATURE } from '../sinks/recording/material.js'
import { exported, imported, NASTY, recordedEverything, rowsOf } from './material.js'

const TABLES = ['readings', 'waveforms', 'waveforms64', 'events', 'gaps'] as const

async function throughFile(folder: string, name: string): Promise<string> {
  const { files } = await exported(folder, name)
  const out = join(folder, '..', `back-${name}`)
  await imported(
    files.map(({ path }) => path),
    out,
  )
  return out
}

describe('a recording that is exported and imported again', () => {
  it.each(['run.csv', 'run.parquet', 'run.jsonl', 'run.duckdb'])('has the same rows, sensors and assets through %s', async (name) => {
    const folder = await recordedEverything()
    const out = await throughFile(folder, name)
    for (const table of TABLES) expect(await rowsOf(out, table), table).toEqual(await rowsOf(folder, table))
    const [before, after] = await Promise.all([folder, out].map(async (path) => (await openRecording(path)).manifest))
    const byKey = (sensors: readonly { readonly key: string }[] | undefined) =>
      [...(sensors ?? [])].toSorted((a, b) => a.key.localeCompare(b.key))
    expect(byKey(after?.sensors)).toEqual(byKey(before?.sensors))
    expect(after?.assets).toEqual(before?.assets)
    expect((await verifyRecording(out)).problems).toEqual([])
  })

  it.each(['run.csv', 'run.parquet', 'run.jsonl', 'run.duckdb'])('keeps the aggregates of what was pruned through %s', async (name) => {
    const folder = await recordedEverything()
    const now = T0 + 30 * 86_400_000_000
    await pruneRecording(folder, horizonOf({ rawMs: 86_400_000 }, now), { now, signal: new AbortController().signal })
    expect((await rowsOf(folder, 'minutes')).length).toBeGreaterThan(0)
    const out = await throughFile(folder, name)
    for (const table of ['minutes', 'hours', 'days', 'blocks'] as const)
      expect(await rowsOf(out, table), table).toEqual(await rowsOf(folder, table))
  })

  it('has the same readings, events and gaps through line protocol', async () => {
    const folder = await recordedEverything()
    const out = await throughFile(folder, 'run.lp')
    for (const table of ['readings', 'events', 'gaps'] as const)
      expect(await rowsOf(out, table), table).toEqual(await rowsOf(folder, table))
  })

  it('has its values through a workbook, times to the millisecond', async () => {
    const folder = await recordedEverything()
    const out = await throughFile(folder, 'run.xlsx')
    const coarse = (rows: readonly string[]) =>
      rows.map((row) => row.replaceAll(/(\d\d:\d\d:\d\d\.\d{3})\d*/g, '$1').replaceAll("'text': '',", "'text': NULL,"))
    expect((await rowsOf(out, 'gaps')).length).toBe(2)
    expect((await rowsOf(out, 'readings')).length).toBe(8)
    expect(coarse(await rowsOf(out, 'events')).map((row) => row.includes('+49 "impact", test'))).toEqual([true])
  })

  it.each(['csv', 'parquet', 'jsonl', 'lp'])('has the same rows whatever its readings are, through %s', async (ending) => {
    const reading = fc.record({
      at: fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
      sensor: fc.nat(2),
      value: fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constantFrom(-0, 5e-324, Number.NaN)),
      text: fc.option(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
          fc.constantFrom('=1', "''@", '\r\n', '"', '\\', ''),
        ),
      ),
      quality: fc.constantFrom(...Object.values(QUALITY)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(reading, { minLength: 1, maxLength: 40 }), async (readings) => {
        const sensors = [TEMPERATURE, STATE, NASTY]
        const batch: Freight = {
          kind: 'batch',
          sensors: sensors.map(({ key }) => key),
          sensor: Uint32Array.from(readings, ({ sensor }) => sensor),
          measuredAt: Float64Array.from(readings, ({ at }) => T0 + at * 1013),
          receivedAt: T0,
          value: Float64Array.from(readings, ({ value }) => value),
          quality: Uint8Array.from(readings, ({ quality }) => quality),
          texts: readings.map(({ text }) => text),
        }
        const folder = await recorded(sensors, [batch])
        expect(await rowsOf(await throughFile(folder, `run.${ending}`), 'readings')).toEqual(await rowsOf(folder, 'readings'))
      }),
      { numRuns: ending === 'parquet' ? 2 : 5 },
    )
  })
})
