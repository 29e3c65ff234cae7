import { type Code, wasm } from './wasm-code.js'

export type Radix = 2 | 3 | 4 | 5 | 8

export interface ComplexCode {
  readonly re: Code
  readonly im: Code
}

/** Puts a value into a local of its own and gives the code that reads it. */
export type Keep = (value: Code) => Code

/** The discrete Fourier transform of r kept values, r the number of them: y[k] = Σ a[j]·e^(−2πijk/r). */
export function butterfly(a: readonly ComplexCode[], keep: Keep): readonly ComplexCode[] {
  const kept = ({ re, im }: ComplexCode): ComplexCode => ({ re: keep(re), im: keep(im) })
  const plus = (x: ComplexCode, y: ComplexCode) => kept({ re: wasm.add(x.re, y.re), im: wasm.add(x.im, y.im) })
  const minus = (x: ComplexCode, y: ComplexCode) => kept({ re: wasm.subtract(x.re, y.re), im: wasm.subtract(x.im, y.im) })
  const scaled = (x: ComplexCode, by: number) =>
    kept({ re: wasm.multiply(x.re, wasm.constant(by)), im: wasm.multiply(x.im, wasm.constant(by)) })
  /** x − iy and x + iy. */
  const turned = (x: ComplexCode, y: ComplexCode): readonly [ComplexCode, ComplexCode] => [
    kept({ re: wasm.add(x.re, y.im), im: wasm.subtract(x.im, y.re) }),
    kept({ re: wasm.subtract(x.re, y.im), im: wasm.add(x.im, y.re) }),
  ]
  const [a0, a1, a2, a3, a4] = a as readonly [ComplexCode, ComplexCode, ComplexCode, ComplexCode, ComplexCode]
  switch (a.length as Radix) {
    case 2:
      return [plus(a0, a1), minus(a0, a1)]
    case 3: {
      const sum = plus(a1, a2)
      const [y1, y2] = turned(plus(a0, scaled(sum, -0.5)), scaled(minus(a1, a2), Math.sqrt(3) / 2))
      return [plus(a0, sum), y1, y2]
    }
    case 4: {
      const [even, odd] = [plus(a0, a2), plus(a1, a3)]
      const [y1, y3] = turned(minus(a0, a2), minus(a1, a3))
      return [plus(even, odd), y1, minus(even, odd), y3]
    }
    case 5: {
      const [c1, c2] = [Math.cos((2 * Math.PI) / 5), Math.cos((4 * Math.PI) / 5)]
      const [s1, s2] = [Math.sin((2 * Math.PI) / 5), Math.sin((4 * Math.PI) / 5)]
      const [outer, inner] = [plus(a1, a4), plus(a2, a3)]
      const [outerGap, innerGap] = [minus(a1, a4), minus(a2, a3)]
      const [y1, y4] = turned(plus(a0, plus(scaled(outer, c1), scaled(inner, c2))), plus(scaled(outerGap, s1), scaled(innerGap, s2)))
      const [y2, y3] = turned(plus(a0, plus(scaled(outer, c2), scaled(inner, c1))), minus(scaled(outerGap, s2), scaled(innerGap, s1)))
      return [plus(a0, plus(outer, inner)), y1, y2, y3, y4]
    }
    case 8: {
      const [even, odd] = [0, 1].map((first) =>
        butterfly(
          [0, 2, 4, 6].map((step) => a[first + step]!),
          keep,
        ),
      ) as [readonly ComplexCode[], readonly ComplexCode[]]
      const [e0, e1, e2, e3] = even as [ComplexCode, ComplexCode, ComplexCode, ComplexCode]
      const [o0, o1, o2, o3] = odd as [ComplexCode, ComplexCode, ComplexCode, ComplexCode]
      // e^(−iπ/4)·x = √½·(re + im, im − re), e^(−3iπ/4)·x = √½·(im − re, −re − im).
      const eighth = scaled({ re: wasm.add(o1.re, o1.im), im: wasm.subtract(o1.im, o1.re) }, Math.SQRT1_2)
      const mirrored = scaled({ re: wasm.subtract(o3.im, o3.re), im: wasm.add(o3.re, o3.im) }, Math.SQRT1_2)
      const [y2, y6] = turned(e2, o2)
      const y3 = kept({ re: wasm.add(e3.re, mirrored.re), im: wasm.subtract(e3.im, mirrored.im) })
      const y7 = kept({ re: wasm.subtract(e3.re, mirrored.re), im: wasm.add(e3.im, mirrored.im) })
      return [plus(e0, o0), plus(e1, eighth), y2, y3, minus(e0, o0), minus(e1, eighth), y6, y7]
    }
  }
}
