import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exported, recordedEverything, sine } from '../exchange/material.js'
import { missingPeer } from './requirement.js'

// The system's python3, where Debian's modules are; another python3 on the path may lack them.
const PYTHON = '/usr/bin/python3'
const scipy = missingPeer('python3-scipy', [PYTHON, '-c', 'import scipy.io'])
const pandas = missingPeer('python3-pandas', [PYTHON, '-c', 'import pandas'])

function python(script: string, ...args: string[]): unknown {
  const { stdout, stderr, status } = spawnSync(PYTHON, ['-c', script, ...args], { encoding: 'utf8', timeout: 60_000 })
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

describe.skipIf(scipy !== null)('scipy.io', () => {
  it('reads the structs of an exported MAT-file', async () => {
    const folder = await recordedEverything()
    const { files } = await exported(folder, 'run.mat')
    const script = `import sys, json, scipy.io
m = scipy.io.loadmat(sys.argv[1], squeeze_me=True)
names = sorted(k for k in m if not k.startswith('__'))
s = m[names[0]]
print(json.dumps([names, str(s['sensor']), str(s['unit']), str(s['started_at']), float(s['sample_rate_hz']), str(s['samples'].item().dtype), s['samples'].item().tolist(), len(m[names[1]]['samples'].item())]))`
    const name = 'pump_247_drive_end_acceleration'
    const [names, sensor, unit, startedAt, rate, type, samples, second] = python(script, files[0]?.path ?? '') as unknown[]
    expect([names, sensor, unit, startedAt, rate, type, second]).toEqual([
      [name, `${name}_2`],
      'pump-247/drive-end-acceleration',
      'g',
      '2026-11-22T15:00:00.000000Z',
      25_600,
      'float32',
      5000,
    ])
    expect(samples).toEqual([...sine(10_000)])
  })

  it('reads an exported WAV file', async () => {
    const folder = await recordedEverything()
    const { files } = await exported(folder, 'run.wav')
    const script = `import sys, json, warnings, scipy.io.wavfile
warnings.simplefilter('ignore')
rate, x = scipy.io.wavfile.read(sys.argv[1])
print(json.dumps([rate, str(x.dtype), x.tolist()]))`
    expect(python(script, files[0]?.path ?? '')).toEqual([25_600, 'float32', [...sine(10_000)]])
  })

  it('writes compressed MAT-files, structs and matrices that are read here', async () => {
    const folder = join(await recordedEverything(), '..')
    const path = join(folder, 'theirs.mat')
    const script = `import sys, numpy as np, scipy.io
t = np.arange(200)
scipy.io.savemat(sys.argv[1], {'X097_DE_time': np.sin(t)[:, None], 'X097RPM': 1796, 'bearing': {'sr': 48828.0, 'gs': t.astype('int16'), 'rate': 25.0}, 'm': np.stack([t, -t]).astype('float32')}, do_compression=True)
print('0')`
    python(script, path)
    const { openWaveformFile } = await import('../../src/waveform-files/open-waveform-file.js')
    await using file = await openWaveformFile(path)
    expect(file.shaftSpeedRpm).toBe(1796)
    expect(file.channels.map(({ name, frames, sampleRateHz }) => [name, frames, sampleRateHz])).toEqual([
      ['X097_DE_time', 200, null],
      ['bearing.gs', 200, 48_828],
      ['m[1]', 200, null],
      ['m[2]', 200, null],
    ])
    expect([...(await file.read({ channel: 0, from: 0, count: 3 }))]).toEqual([0, Math.sin(1), Math.sin(2)])
    expect([...(await file.read({ channel: 3, from: 198, count: 5 }))]).toEqual([-198, -199])
  })
})

describe.skipIf(pandas !== null)('pandas', () => {
  it('reads exported CSV and JSON lines', async () => {
    const folder = await recordedEverything()
    const csv = await exported(folder, 'run.csv')
    const lines = await exported(folder, 'run.jsonl')
    const script = `import sys, json, pandas as pd
c = pd.read_csv(sys.argv[1], parse_dates=['time'])
j = pd.read_json(sys.argv[2], lines=True)
j = j[j['table'] == 'readings']
print(json.dumps([str(c['time'].dtype), c['value'].tolist()[2:4], c['text'].tolist()[3], len(j), c['time'].max().isoformat()]))`
    const paths = [csv, lines].map(({ files }) => files.find(({ path }) => /run\.(csv|jsonl)$/.test(path))?.path ?? '')
    expect(python(script, ...paths)).toEqual([
      'datetime64[ns, UTC]',
      [-1 / 3, 5e-324],
      '"quoted", and\r\nbroken',
      8,
      '2026-11-22T15:00:07.000007+00:00',
    ])
  })
})

describe('another process', () => {
  it('opens an exported DuckDB file', async () => {
    const folder = await recordedEverything()
    const { files } = await exported(folder, 'run.duckdb')
    const script = `import { DuckDBInstance } from '@duckdb/node-api'
const c = await (await DuckDBInstance.create(process.argv[1], { access_mode: 'READ_ONLY' })).connect()
console.log(JSON.stringify((await c.runAndReadAll('SELECT (SELECT count(*) FROM readings)::INT, (SELECT sum(len(samples)) FROM waveforms)::INT, (SELECT list(table_name ORDER BY 1) FROM duckdb_tables())::VARCHAR')).getRows()))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, files[0]?.path ?? ''], { encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual([
      [8, 10_000, '[assets, blocks, days, events, gaps, hours, minutes, readings, sensors, waveforms, waveforms64]'],
    ])
  })
})
