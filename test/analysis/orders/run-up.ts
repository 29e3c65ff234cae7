/** The run-up of MATLAB's ordertrack example: 10 to 40 rotations a second in 5 s at 600 Hz, four orders of known amplitude. */
export const ORDERS = [1, 0.5, 4, 6]
export const AMPLITUDES = [1, 0.5, Math.SQRT2, 2]
export const RUN_UP_RATE_HZ = 600

export function runUp(noise: () => number = () => 0): {
  readonly samples: Float64Array
  readonly tacho: Float64Array
  readonly pulseS: Float64Array
} {
  const count = 5 * RUN_UP_RATE_HZ + 1
  const turned = Float64Array.from({ length: count }, (_, k) => turnsAt(k / RUN_UP_RATE_HZ))
  return {
    samples: turned.map((turns) =>
      ORDERS.reduce((sum, order, k) => sum + (AMPLITUDES[k] ?? 0) * Math.cos(2 * Math.PI * order * turns), noise()),
    ),
    // A bell of a twentieth of a turn: its flanks are wide enough for 600 Hz.
    tacho: turned.map((turns) => Math.exp(-((((turns + 0.5) % 1) - 0.5) ** 2) / 0.05 ** 2)),
    pulseS: Float64Array.from({ length: 125 }, (_, turn) => (Math.sqrt(100 + 12 * turn) - 10) / 6),
  }
}

function turnsAt(timeS: number): number {
  return 10 * timeS + 3 * timeS * timeS
}
