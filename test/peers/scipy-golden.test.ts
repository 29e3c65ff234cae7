import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compared, type Golden, relativeError } from '../analysis/golden.js'
import { missingPeer } from './requirement.js'

// The system's python3, where Debian's modules are; another python3 on the path may lack them.
const PYTHON = '/usr/bin/python3'
const missing = missingPeer('python3-scipy', [PYTHON, '-c', 'import scipy.signal'])
const script = fileURLToPath(new URL('../../fixtures/analysis/make_golden.py', import.meta.url))

describe.skipIf(missing !== null)('the installed SciPy', () => {
  it('gives the same spectra, filters, statistics and trends within 1e-9', () => {
    const { stdout, status } = spawnSync(PYTHON, [script], { encoding: 'utf8', timeout: 60_000 })
    expect(status).toBe(0)
    const far = compared(JSON.parse(stdout) as Golden).filter(([, ours, theirs]) => !(relativeError(ours, theirs) < 1e-9))
    expect(far.map(([name]) => name)).toEqual([])
  })
})
