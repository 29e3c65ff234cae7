import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWaveforms } from '../../src/recordings/read-waveforms.js'
import { temporaryFolder, VIBRATION } from '../sinks/recording/material.js'
import { doubleSine, exported, imported, recordedEverything, sine } from './material.js'

describe('waveforms that are exported and imported again', () => {
  it.each(['run.wav', 'run.mat', 'run.uff', 'run.f32'])('are the same samples at the same time through %s', async (name) => {
    const folder = await recordedEverything()
    const { files } = await exported(folder, name)
    const paths = files.map(({ path }) => path).filter((path) => !path.endsWith('.json'))
    const { recording } = await imported(paths, join(folder, `../back-${name}`))
    const { stretches, sensor } = await readWaveforms({ folder: recording, sensor: VIBRATION.key })
    expect(sensor).toMatchObject({ unit: 'g', kind: 'acceleration' })
    expect(stretches.map(({ startedAt, sampleRateHz }) => [startedAt, sampleRateHz])).toEqual([
      [1_795_359_600_000_000, 25_600],
      [1_795_359_605_000_000, 25_600],
    ])
    expect([...(stretches[0]?.samples ?? [])]).toEqual([...sine(10_000)])
    expect([...(stretches[1]?.samples ?? [])]).toEqual([...doubleSine(5000)])
  })

  it('ask for rate and start where the file does not say, and take 16-bit counts by their scale', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'x.i16'), Buffer.from(Int16Array.of(0, 100, -32_768).buffer))
    await writeFile(join(folder, 'x.json'), JSON.stringify({ fs: 1000, dtype: 'int16le', unit: 'g', scale: 0.001 }))
    await expect(imported([join(folder, 'x.i16')], join(folder, 'out'))).rejects.toMatchObject({
      code: 'IMPORT_UNCLEAR',
      facts: { advice: { example: '--start 2026-11-22T15:00:00Z' } },
    })
    const { recording } = await imported([join(folder, 'x.i16')], join(folder, 'out'), { startedAt: 1_795_359_600_000_000, name: 'pump/x' })
    const { stretches } = await readWaveforms({ folder: recording, sensor: 'pump/x' })
    expect([...(stretches[0]?.samples ?? [])]).toEqual([0, 0.1, -32.768])
    await writeFile(join(folder, 'x.json'), JSON.stringify({ fs: 1000, dtype: 'int16le', unit: 'g' }))
    await expect(imported([join(folder, 'x.i16')], join(folder, 'out2'), { startedAt: 0 })).rejects.toMatchObject({
      code: 'WAVEFORM_FILE_UNREADABLE',
    })
  })
})
