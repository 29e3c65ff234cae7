import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { relativeError } from './golden.js'
import { comparedSignal, type SignalGolden } from './signal-golden.js'

const golden = JSON.parse(readFileSync(new URL('../../fixtures/analysis/signal/signal.json', import.meta.url), 'utf8')) as SignalGolden

describe('conditioning, spectra and levels that SciPy gave', () => {
  it.each(comparedSignal(golden).map(([name, ours, theirs]) => ({ name, ours, theirs })))(
    '$name agrees within 1e-9',
    ({ ours, theirs }) => {
      expect(relativeError(ours, theirs)).toBeLessThan(1e-9)
    },
  )
})
