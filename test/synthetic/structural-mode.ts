/**
 * What a structure with one mode makes of the force on it: 1 far below its frequency, Q at it, turned by 180° and dying away above.
 *
 * H(s) = ω₀²/(s² + s·ω₀/Q + ω₀²) by the bilinear transform, exact at ω₀.
 *
 * @param force shape (n,).
 * @returns shape (n,), same unit.
 */
export function throughMode(
  force: Float64Array,
  mode: { readonly frequencyHz: number; readonly quality: number; readonly sampleRateHz: number },
): Float64Array {
  const angle = (2 * Math.PI * mode.frequencyHz) / mode.sampleRateHz
  const damping = Math.sin(angle) / (2 * mode.quality)
  const gain = (1 - Math.cos(angle)) / 2 / (1 + damping)
  const [last, lastButOne] = [(2 * Math.cos(angle)) / (1 + damping), (1 - damping) / (1 + damping)]
  const moved = new Float64Array(force.length)
  for (let k = 0; k < force.length; k++) {
    const pushed = (force[k] ?? 0) + 2 * (force[k - 1] ?? 0) + (force[k - 2] ?? 0)
    moved[k] = gain * pushed + last * (moved[k - 1] ?? 0) - lastButOne * (moved[k - 2] ?? 0)
  }
  return moved
}
