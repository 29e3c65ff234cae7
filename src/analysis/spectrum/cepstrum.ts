import type { Samples } from '../samples.js'
import { realSpectrum, signalOf } from './real-spectrum.js'

/**
 * The real cepstrum: echoes and families of harmonics or sidebands become one peak at their period (quefrency k/fs in s).
 *
 * c[k] = IFFT(ln |FFT(x)|)
 *
 * @param samples shape (n,). Lines without any power count as the smallest positive number.
 * @returns shape (n,), dimensionless (nepers), even in k: the second half mirrors the first.
 * @see [Oppenheim2010] §13; numbers checked against numpy.
 */
export function realCepstrum(samples: Samples): Float64Array {
  const { size, re, im } = realSpectrum(samples)
  return signalOf({
    size,
    re: re.map((part, k) => Math.log(Math.max(Math.hypot(part, im[k]!), Number.MIN_VALUE))),
    im: new Float64Array(re.length),
  })
}

/**
 * The power cepstrum, |IFFT(ln |FFT(x)|²)|² = 4·c².
 *
 * @returns shape (n,), dimensionless.
 * @see [Bogert1963]
 */
export function powerCepstrum(samples: Samples): Float64Array {
  return realCepstrum(samples).map((c) => 4 * c * c)
}
