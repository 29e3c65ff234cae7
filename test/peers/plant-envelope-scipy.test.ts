import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { ACCELEROMETER_RATE_HZ } from '../../src/plant/machine/accelerometer.js'
import { plantModel } from '../../src/plant/plant-model.js'
import { missingPeer } from './requirement.js'

const missing = missingPeer('python3-scipy', ['python3', '-c', 'import scipy.signal'])

const SECONDS = 8

/** Band-pass around the resonance, Hilbert envelope, spectrum; prints the strongest line from 20 to 400 Hz and the kurtosis. */
const ENVELOPE = `
import sys, json, numpy as np
from scipy.signal import butter, sosfiltfilt, hilbert
from scipy.stats import kurtosis
x = np.frombuffer(sys.stdin.buffer.read(), dtype='<f4').astype(float)
fs = ${ACCELEROMETER_RATE_HZ}
y = sosfiltfilt(butter(4, [2000, 4500], 'bandpass', fs=fs, output='sos'), x)
e = np.abs(hilbert(y)); e -= e.mean()
a = np.abs(np.fft.rfft(e * np.hanning(len(e))))
f = np.fft.rfftfreq(len(e), 1/fs)
m = (f > 20) & (f < 400)
k = np.argmax(np.where(m, a, 0))
print(json.dumps({'hz': f[k], 'above': a[k] / np.median(a[m]), 'kurtosis': kurtosis(x, fisher=False)}))
`

describe.skipIf(missing !== null)(
  `scipy's envelope of the plant's accelerometers${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    const model = plantModel(7, new Set())
    const shaftHz = (model.scalar('pump-247/speed', SECONDS / 2) ?? 0) / 60

    function envelope(key: string): { hz: number; above: number; kurtosis: number } {
      const samples = model.samples(key, 0, SECONDS * ACCELEROMETER_RATE_HZ) ?? new Float32Array()
      const { stdout } = spawnSync('python3', ['-c', ENVELOPE], { input: Buffer.from(samples.buffer), encoding: 'utf8' })
      return JSON.parse(stdout) as { hz: number; above: number; kurtosis: number }
    }

    it('has its strongest line at BPFO of an SKF 6205, less one to two percent of slip, on the worn pump', () => {
      const { hz, above, kurtosis } = envelope('pump-247/drive-end-acceleration')
      const bpfoHz = (9 / 2) * (1 - 7.94 / 39.04) * shaftHz
      expect(hz / bpfoHz).toBeGreaterThan(0.98)
      expect(hz / bpfoHz).toBeLessThan(1)
      expect(above).toBeGreaterThan(30)
      expect(kurtosis).toBeGreaterThan(6)
    })

    it('has none that stands out on the healthy fan', () => {
      const { above, kurtosis } = envelope('fan-112/drive-end-acceleration')
      expect(above).toBeLessThan(8)
      expect(kurtosis).toBeLessThan(3.3)
    })
  },
)
