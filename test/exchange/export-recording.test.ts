import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/faults/fault.js'
import { formatExport } from '../../src/output/exchange-summary.js'
import { openWaveformFile } from '../../src/waveform-files/open-waveform-file.js'
import { T0 } from '../sinks/recording/material.js'
import { exported, NASTY, recordedEverything, sine } from './material.js'

describe('an export', () => {
  it('as CSV quotes by RFC 4180, ends lines with CR LF and lets no cell begin like a formula', async () => {
    const folder = await recordedEverything()
    const { files, rows, left } = await exported(folder, 'run.csv')
    expect(files.map(({ path }) => basename(path)).toSorted()).toEqual(
      [
        'run.assets.csv',
        'run.csv',
        'run.events.csv',
        'run.gaps.csv',
        'run.sensors.csv',
        'run.waveforms.csv',
        'run.waveforms64.csv',
      ].toSorted(),
    )
    expect([rows.readings, left]).toEqual([8, []])
    const text = await readFile(join(folder, '../run.csv'), 'utf8')
    expect(text.split('\r\n')[0]).toBe('time,received,sensor,value,unit,text,quality')
    expect(text.replaceAll('\r\n', '').match(/\n/g)).toHaveLength(1)
    const records = parse<Record<string, string>>(text, { columns: true, record_delimiter: '\r\n' })
    expect(records).toHaveLength(8)
    expect(records[0]).toMatchObject({ time: '2026-11-22T15:00:00.000000Z', value: '0.1', unit: '°C', quality: '0' })
    expect(records[1]).toMatchObject({ text: "'=1+1", value: 'nan' })
    expect(records[2]?.['sensor']).toBe(`'${NASTY.key}`)
    expect(records[6]).toMatchObject({ value: '', text: "''-x", quality: '128' })
    for (const record of records) for (const name of ['sensor', 'unit', 'text']) expect(record[name]).not.toMatch(/^[=+\-@\t\r]/)
  })

  it('as JSON lines has one object a row that any JSON parser reads', async () => {
    const folder = await recordedEverything()
    await exported(folder, 'run.jsonl')
    const lines = (await readFile(join(folder, '../run.jsonl'), 'utf8')).trimEnd().split('\n')
    const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const first = objects.find(({ table }) => table === 'readings')
    expect(first).toEqual({
      table: 'readings',
      time: '2026-11-22T15:00:00.000000Z',
      received: '2026-11-22T15:00:09.000000Z',
      sensor: 'pump-247/bearing-temperature',
      value: 0.1,
      unit: '°C',
      text: null,
      quality: 0,
    })
    expect(objects.filter(({ table }) => table === 'waveforms').map(({ samples }) => (samples as number[]).length)).toEqual([
      4096, 4096, 1808,
    ])
  })

  it('as line protocol escapes tags and strings and stamps nanoseconds', async () => {
    const folder = await recordedEverything()
    const { left } = await exported(folder, 'run.lp')
    const text = await readFile(join(folder, '../run.lp'), 'utf8')
    expect(text).toContain(
      'readings,sensor=pump-247/bearing-temperature,unit=°C value=0.1,quality=0i,received=1795359609000000i 1795359600000000000\n',
    )
    expect(text).toContain(`readings,sensor=\\=cmd|"a"\\,b\\\\ é,unit=a\\,b\\ \\="x" value=-0.3333333333333333,quality=1i`)
    expect(left.map(({ what }) => what).toSorted()).toEqual(['assets', 'sensors', 'waveforms', 'waveforms64'])
  })

  it('as WAV writes each unbroken stretch, with what WAV has no field for in its comment', async () => {
    const folder = await recordedEverything()
    const { files, left } = await exported(folder, 'run.wav')
    expect(files.map(({ path }) => basename(path))).toEqual([
      'run.001-pump-247-drive-end-acceleration.wav',
      'run.002-pump-247-drive-end-acceleration.wav',
    ])
    expect(left.map(({ what, count }) => [what, count])).toEqual([
      ['readings', 8],
      ['events', 1],
      ['gaps', 2],
      ['sensors', 4],
      ['assets', 1],
    ])
    await using file = await openWaveformFile(files[0]?.path ?? '')
    expect(await file.read({ channel: 0, from: 0, count: 20_000 })).toEqual(sine(10_000))
  })

  it('replaces nothing unless told to, and leaves nothing behind when it fails', async () => {
    const folder = await recordedEverything()
    const path = join(folder, '../run.csv')
    await writeFile(path, 'mine')
    await expect(exported(folder, 'run.csv')).rejects.toMatchObject({ code: 'EXPORT_EXISTS' } satisfies Partial<Fault>)
    expect(await readFile(path, 'utf8')).toBe('mine')
    await exported(folder, 'run.csv', { existing: 'replace' })
    expect(await readFile(path, 'utf8')).toContain('pump-247')
    await expect(exported(folder, 'new.csv', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'INTERRUPTED' })
    const left = (await readdir(dirname(folder))).filter((name) => name.startsWith('.tmp') || name.startsWith('new'))
    expect(left).toEqual([])
  })

  it('of a range in which nothing was recorded says so and names the span that was', async () => {
    const folder = await recordedEverything()
    const late = { sensors: [], from: T0 + 3_600_000_000, to: undefined }
    const refused = exported(folder, 'late.mat', { selection: late })
    await expect(refused).rejects.toMatchObject({
      code: 'EXPORT_IMPOSSIBLE',
      message: expect.stringContaining('nothing was recorded from 2026-11-22T16:00:00') as string,
    })
    const { facts } = (await refused.catch((thrown: unknown) => thrown)) as Fault
    // Each part of the advice is one word of a command line.
    expect(facts.advice).toEqual({
      recording: folder,
      file: expect.stringMatching(/late\.mat$/) as string,
      since: '2026-11-22T15:00:00.000000Z',
    })
    expect(facts.because).toBe('it was recorded from 2026-11-22T15:00:00.000000Z to 2026-11-22T15:00:07.000007Z')
  })

  it('is told in the blocks that were measured, not in the pieces they are kept in', async () => {
    const summary = await exported(await recordedEverything(), 'run.wav')
    expect(summary.waveformBlocks).toBe(2)
    expect(formatExport(summary)).toContain('as wav: 2 waveforms\n')
    const workbook = formatExport(await exported(await recordedEverything(), 'run.xlsx'))
    expect(workbook).toContain('left out  2 waveforms: ')
    expect(workbook).not.toContain('waveforms64')
  })
})
