import type { ComplexArrays } from '../fourier-plan.js'
import { realKernels } from './real-kernels.js'
import { smoothTransform } from './smooth-transform.js'
import { unitRoots } from './unit-roots.js'

/**
 * A real transform as a complex one of half its size, all of it in the memory of the kernels; what a caller gets is copied out.
 *
 * @param size n even, n/2 = 2^a·3^b·5^c.
 */
export function smoothRealTransform(size: number): {
  readonly size: number
  of(samples: ArrayLike<number>): ComplexArrays & { readonly size: number }
} {
  const half = size / 2
  const lines = half + 1
  const plan = smoothTransform(half, 2 * lines)
  const { memory, spacing, outputArray, spareAt } = plan
  const { parted, unpacked } = realKernels(memory)
  const part = (array: number, length: number) => new Float64Array(memory.buffer, 8 * spacing * array, length)
  const resultArray = 2 - outputArray
  const result = { re: part(resultArray, lines), im: part(resultArray + 1, lines) }
  // Arrays 2 and 3 lie side by side and are read before the first pass writes there.
  const samplesIn = part(2, size)
  const roots = new Float64Array(memory.buffer, 8 * spareAt, 2 * lines)
  const rootsOfSize = unitRoots(size)
  rootsOfSize.fill({ step: 1, count: lines, target: roots, at: 0, hop: 1, imaginary: lines })
  const imaginary = 8 * spacing
  return {
    size,
    of(samples) {
      samplesIn.set(samples)
      parted(2 * imaginary, 0, imaginary, 0, 0, 8 * half)
      plan.run()
      unpacked(outputArray * imaginary, resultArray * imaginary, imaginary, 8 * spareAt, 8 * lines, 8 * half)
      const [first, firstImaginary] = [plan.output.re[0]!, plan.output.im[0]!]
      result.re[0] = first + firstImaginary
      result.re[half] = first - firstImaginary
      result.im[0] = result.im[half] = 0
      return { size, re: result.re.slice(), im: result.im.slice() }
    },
  }
}
