import { MAINS_HZ } from '../mains.js'
import type { Samples } from '../samples.js'
import { localFloor } from '../spectrum/local-floor.js'
import { powerLines } from '../spectrum/power-lines.js'
import type { SignalDefect } from './signal-defect.js'

/** How far a large grid strays. */
const GRID_SHARE = 0.002
/** A line must hold its place within this to be told from a shaft that turns at nearly the mains' speed. */
const RESOLUTION_HZ = 0.1
const LEAST_ORDERS = 3
/** Chance that noise alone makes one such line. */
const BY_CHANCE = 1e-4
const MOST_ORDERS = 40

/**
 * Lines at exact multiples of one frequency within 0.2 % of 50 or 60 Hz, the mains' own tolerance and narrower than what any slipping motor
 * makes. Says that the lines are there; whether by pick-up or by the machine's own magnets, one channel cannot tell.
 *
 * @param samples shape (n,), at least 10 s long for lines to be narrow enough; shorter records give nothing.
 */
export function mainsLines(samples: Samples, sampleRateHz: number): readonly SignalDefect[] {
  if (samples.length / sampleRateHz < 1 / RESOLUTION_HZ) return []
  const { power, frequencyStepHz, total } = powerLines(samples, sampleRateHz)
  const floor = localFloor(power, Math.max(8, Math.round(2.5 / frequencyStepHz)))
  const excess = (k: number) => (floor[k]! > 0 ? power[k]! / floor[k]! : 0)
  return MAINS_HZ.flatMap((nominalHz): SignalDefect[] => {
    const fundamentalHz = strongestGrid(excess, { nominalHz, frequencyStepHz, lines: power.length })
    if (fundamentalHz === null) return []
    const orders: number[] = []
    let share = 0
    for (let order = 1; order <= MOST_ORDERS && order * fundamentalHz < sampleRateHz / 2; order++) {
      const at = Math.round((order * fundamentalHz) / frequencyStepHz)
      const peak = [at - 1, at, at + 1].reduce((best, k) => (excess(k) > excess(best) ? k : best), at)
      if (excess(peak) < -Math.log(BY_CHANCE / 3) || !isNarrow(excess, peak)) continue
      orders.push(order)
      for (let k = peak - 2; k <= peak + 2; k++) share += (power[k] ?? 0) / total
    }
    // The mains' own lines are its first or second; a family without both belongs to something else.
    if (orders.length < LEAST_ORDERS || !orders.some((order) => order <= 2)) return []
    const text = `lines at multiples of ${fundamentalHz.toFixed(2)} Hz, as the mains of ${nominalHz} Hz makes them (orders ${orders.join(', ')}), ${(100 * share).toPrecision(2)} % of the power`
    return [{ kind: 'mains-lines', text, fundamentalHz, orders, powerShare: share }]
  })
}

/** The frequency near the nominal one whose first ten multiples stand out most; null where fewer than three do. */
function strongestGrid(
  excess: (k: number) => number,
  { nominalHz, frequencyStepHz, lines }: { readonly nominalHz: number; readonly frequencyStepHz: number; readonly lines: number },
): number | null {
  const stepHz = frequencyStepHz / 10
  let best: { readonly hz: number; readonly score: number } | null = null
  for (let hz = nominalHz * (1 - GRID_SHARE); hz <= nominalHz * (1 + GRID_SHARE); hz += stepHz) {
    let score = 0
    for (let order = 1; order <= 10; order++) {
      const k = Math.round((order * hz) / frequencyStepHz)
      if (k < lines) score += Math.log1p(excess(k))
    }
    if (best === null || score > best.score) best = { hz, score }
  }
  return best?.hz ?? null
}

/** Five bins away, beyond the window's main lobe, it has fallen by 20 dB or to what noise may be. */
function isNarrow(excess: (k: number) => number, peak: number): boolean {
  return [peak - 5, peak + 5].every((k) => excess(k) < Math.max(excess(peak) / 100, -Math.log(BY_CHANCE)))
}
