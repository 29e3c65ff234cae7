/** A 16-bit register of a tenth of the unit, e.g. 61.2 °C as 612; two's complement. */
export function tenths(value: number): readonly number[] {
  return [Math.max(-32_768, Math.min(32_767, Math.round(value * 10))) & 0xffff]
}

/** A plain 16-bit register. */
export function whole(value: number): readonly number[] {
  return [Math.round(value) & 0xffff]
}

/** IEEE 754 single, high word first (`abcd`). */
export function float32Abcd(value: number): readonly [number, number] {
  const view = new DataView(new ArrayBuffer(4))
  view.setFloat32(0, value)
  return [view.getUint16(0), view.getUint16(2)]
}

/** IEEE 754 single, low word first (`cdab`), as many PLCs keep it. */
export function float32Cdab(value: number): readonly number[] {
  const [high, low] = float32Abcd(value)
  return [low, high]
}

/** Unsigned 32 bits, high word first. */
export function uint32Abcd(value: number): readonly number[] {
  const bits = Math.round(value) >>> 0
  return [bits >>> 16, bits & 0xffff]
}
