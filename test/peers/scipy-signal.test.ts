import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { relativeError } from '../analysis/golden.js'
import { comparedSignal, type SignalGolden } from '../analysis/signal-golden.js'
import { missingPeer } from './requirement.js'

// The system's python3, where Debian's modules are; another python3 on the path may lack them.
const PYTHON = '/usr/bin/python3'
const missing = missingPeer('python3-scipy', [PYTHON, '-c', 'import scipy.signal'])
const script = fileURLToPath(new URL('../../fixtures/analysis/signal/make_signal.py', import.meta.url))

describe.skipIf(missing !== null)('the installed SciPy', () => {
  it('gives the same conditioning, spectra of two channels and shock responses within 1e-9', () => {
    const { stdout, status } = spawnSync(PYTHON, [script], { encoding: 'utf8', timeout: 60_000 })
    expect(status).toBe(0)
    const far = comparedSignal(JSON.parse(stdout) as SignalGolden).filter(([, ours, theirs]) => !(relativeError(ours, theirs) < 1e-9))
    expect(far.map(([name]) => name)).toEqual([])
  })
})
