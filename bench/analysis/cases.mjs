// What is timed against SciPy. A case: `name`; `count` and `type` of the samples; `rate`; `ours(samples)` gives a function to time, plans and all work space
// made within it, as SciPy makes them; `theirs` is Python that defines run(x), timed after one call to warm up. Others append their own.

import { readFileSync } from 'node:fs'
import { envelopeSpectrum } from '../../dist/analysis/bearing/envelope-spectrum.js'
import { fastKurtogram } from '../../dist/analysis/bearing/kurtogram.js'
import { designButterworth } from '../../dist/analysis/conditioning/butterworth.js'
import { filterZeroPhase } from '../../dist/analysis/conditioning/zero-phase-filter.js'
import { envelopeOf } from '../../dist/analysis/spectrum/analytic-signal.js'
import { planRealTransform } from '../../dist/analysis/spectrum/real-spectrum.js'
import { welchDensity } from '../../dist/analysis/spectrum/welch.js'

const RATE = 51_200
const TEN_MINUTES = 600 * RATE

function welchCase(segmentLength, type) {
  return {
    name: `Welch, 10 min, segments of ${segmentLength}, ${type}`,
    count: TEN_MINUTES,
    type,
    ours: (samples) => welchDensity(samples, { sampleRateHz: RATE, segmentLength }),
    theirs: `from scipy import signal\ndef run(x): signal.welch(x, fs=${RATE}, nperseg=${segmentLength})`,
  }
}

/** The band's bins to 0 Hz, back into time, squared modulus, its lines: the same steps in numpy. */
function envelopeCase(count) {
  return {
    name: `squared envelope spectrum of 2–6 kHz, ${count} samples`,
    count,
    type: 'float64',
    ours: (samples) =>
      envelopeSpectrum(planRealTransform(count).of(samples), {
        sampleRateHz: RATE,
        band: { lowHz: 2000, highHz: 6000 },
        maxHz: 1000,
        whitening: 'none',
      }),
    theirs: `
import numpy as np
from scipy import fft
def run(x):
    n = len(x); X = fft.rfft(x); r = ${RATE} / n
    a, b = int(np.ceil(2000 / r)), int(6000 / r) + 1
    w = b - a; m = int(1000 / r) + 1; p = 1 << int(np.ceil(np.log2(w + m)))
    z = fft.ifft(X[a:b], p)
    return np.abs(fft.rfft(z.real ** 2 + z.imag ** 2)[:m]) ** 2`,
  }
}

function hilbertCase(count) {
  return {
    name: `Hilbert envelope, ${count} samples`,
    count,
    type: 'float64',
    ours: (samples) => envelopeOf(samples),
    theirs: 'import numpy as np\nfrom scipy import signal\ndef run(x): return np.abs(signal.hilbert(x))',
  }
}

function kurtogramCase(count) {
  return {
    name: `fast kurtogram, 8 levels, ${count} samples`,
    count,
    type: 'float64',
    ours: (samples) => fastKurtogram(samples, { sampleRateHz: RATE, levels: 8 }),
    theirs: readFileSync(new URL('kurtogram.py', import.meta.url), 'utf8'),
  }
}

export const CASES = [
  welchCase(4096, 'float64'),
  welchCase(4096, 'float32'),
  welchCase(1024, 'float64'),
  welchCase(51_200, 'float64'),
  envelopeCase(10 * RATE),
  envelopeCase(2 ** 20),
  hilbertCase(10 * RATE),
  hilbertCase(2 ** 20),
  kurtogramCase(2 * RATE),
  kurtogramCase(10 * RATE),
  {
    name: 'zero-phase Butterworth band-pass of order 4, 1 min',
    count: 60 * RATE,
    type: 'float64',
    ours: (samples) => filterZeroPhase(designButterworth(4, { kind: 'band-pass', lowHz: 2000, highHz: 6000 }, RATE), samples),
    theirs: `from scipy import signal
def run(x): return signal.sosfiltfilt(signal.butter(4, [2000, 6000], 'bandpass', fs=${RATE}, output='sos'), x)`,
  },
]
