import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../cli/run-cli.js'
import { missingPeer } from './requirement.js'

const PYTHON = '/usr/bin/python3'
const missing = missingPeer('python3-scipy', [PYTHON, '-c', 'import scipy.signal'])
const RATE_HZ = 2000
const COUNT = 40_000
const LINE_HZ = 4

/** Reads the file as anybody would, and answers with what the command line is asked for. */
const SCIPY = `
import sys, json, numpy as np
from scipy import signal
x, y = np.fromfile(sys.argv[1], '<f8').reshape(-1, 2).T
fs, n = ${RATE_HZ}, ${RATE_HZ / LINE_HZ}
_, coherence = signal.coherence(x, y, fs, 'hann', n, n // 2)
_, cross = signal.csd(x, y, fs, 'hann', n, n // 2)
h = cross / signal.welch(x, fs, 'hann', n, n // 2)[1]
_, t, waterfall = signal.spectrogram(y, fs, 'hann', n, n // 2, detrend='constant', mode='psd')
print(json.dumps(dict(coherence=coherence.tolist(), magnitude=abs(h).tolist(), phaseDeg=np.degrees(np.angle(h)).tolist(), timeS=t.tolist(), values=waterfall.T.tolist())))
`

interface Answer {
  readonly coherence: readonly number[]
  readonly magnitude: readonly number[]
  readonly phaseDeg: readonly number[]
  readonly timeS: readonly number[]
  readonly values: readonly (readonly number[])[]
  readonly unit: string | null
}

describe.skipIf(missing !== null)('analyze spectrum beside SciPy on the same file', { timeout: 120_000 }, () => {
  let folder = ''
  let theirs: Answer

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spectrum-scipy-'))
    const path = join(folder, 'hammer.f64')
    await writeFile(path, hammered())
    await writeFile(
      join(folder, 'hammer.json'),
      JSON.stringify({ fs: RATE_HZ, dtype: 'float64le', unit: 'g', channels: ['force', 'response'] }),
    )
    theirs = JSON.parse(spawnSync(PYTHON, ['-c', SCIPY, path], { encoding: 'utf8', timeout: 60_000 }).stdout) as Answer
  })
  afterAll(() => rm(folder, { recursive: true }))

  const ours = async (kind: string, ...more: string[]) => {
    const words = ['analyze', 'spectrum', 'hammer.f64', '--sensor', 'response', '--kind', kind, '--resolution', String(LINE_HZ), '--json']
    const { code, stdout } = await runCli([...words, ...more], { cwd: folder })
    expect(code).toBe(0)
    return JSON.parse(stdout) as Answer
  }

  it.each(['coherence', 'transfer'])('%s of two channels is the same within 1e-9, line by line', async (kind) => {
    const { coherence, magnitude, phaseDeg } = await ours(kind, '--against', 'force')
    expect(far(coherence, theirs.coherence)).toBeLessThan(1e-9)
    expect(far(magnitude, theirs.magnitude)).toBeLessThan(1e-9)
    // The first and the last line are real: half a turn may be either way round. Degrees.
    expect(far(phaseDeg.slice(1, -1), theirs.phaseDeg.slice(1, -1))).toBeLessThan(1e-7)
  })

  it('a waterfall is the same within 1e-9, row by row and at the same times', async () => {
    const { values, timeS } = await ours('waterfall')
    expect(values.length).toBe(theirs.values.length)
    expect(far(timeS, theirs.timeS)).toBeLessThan(1e-9)
    for (const [row, density] of values.entries()) expect(far(density, theirs.values[row] ?? [])).toBeLessThan(1e-9)
  })
})

/** The largest distance of two curves, as a share of what the second reaches. */
function far(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length)
  const most = Math.max(...b.map(Math.abs))
  return Math.max(...a.map((value, k) => Math.abs(value - (b[k] ?? Number.NaN)))) / most
}

/** Noise as force; what answers rings at 320 Hz, with noise of its own. Interleaved. */
function hammered(): Float64Array {
  let state = 7
  const noise = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5
  const both = new Float64Array(2 * COUNT)
  const [turn, decay] = [(2 * Math.PI * 320) / RATE_HZ, 0.97]
  let [before, last] = [0, 0]
  for (let k = 0; k < COUNT; k++) {
    const force = noise()
    const next = 2 * decay * Math.cos(turn) * last - decay * decay * before + force
    ;[before, last] = [last, next]
    both[2 * k] = force
    both[2 * k + 1] = next + noise()
  }
  return both
}
