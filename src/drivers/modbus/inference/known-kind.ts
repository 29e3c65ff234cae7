/** Something that a value resembles. Never a unit: nobody but a person or the device says what it is. */
export interface KnownKind {
  readonly scale: number
  /** E.g. `grid frequency`. */
  readonly kind: string
  /** E.g. `looks like a grid frequency, 49.98 Hz`. */
  readonly text: string
}

const GRID_HZ = [50, 60] as const
const GRID_BAND_HZ = 0.2
const GRID_RESTLESSNESS_HZ = 0.1
const MAINS_V = [
  { nominal: 230, band: 0.08 },
  { nominal: 400, band: 0.08 },
  { nominal: 120, band: 0.06 },
  { nominal: 480, band: 0.06 },
  { nominal: 690, band: 0.06 },
] as const
/** Phases of one grid differ by less. */
const PHASES_APART = 0.03
const PHASES = 3
const SLOW = 0.003
const SCALES = [1, 0.1, 0.01, 0.001] as const

/** A frequency of a public grid: within 0.2 Hz of 50 or 60 with hundredths that move, but hardly; beside mains voltages it may stand. */
export function gridFrequency(
  values: readonly number[],
  form: 'whole' | 'real',
  company: 'mains' | 'none' = 'none',
): KnownKind | undefined {
  const spread = spreadOf(values)
  // What stands may be a set-point or a limit, unless mains voltages are beside it and it is no round number.
  if (spread === 0 && form === 'whole' && (company === 'none' || (values[0] ?? 0) % 10 === 0)) return undefined
  const scales = form === 'real' ? [1] : [0.01, 0.001]
  const scale = scales.find(
    (each) =>
      spread * each <= GRID_RESTLESSNESS_HZ &&
      GRID_HZ.some((nominal) => values.every((value) => Math.abs(value * each - nominal) <= GRID_BAND_HZ)),
  )
  const last = values.at(-1) ?? 0
  return scale === undefined ? undefined : { scale, kind: 'grid frequency', text: `looks like a grid frequency, ${shown(last, scale)} Hz` }
}

/** Three neighbours of the same kind that are all near one mains voltage and near each other. */
export function mainsVoltages(neighbours: readonly (readonly number[])[], form: 'whole' | 'real'): KnownKind | undefined {
  if (neighbours.length < PHASES) return undefined
  const all = neighbours.flat()
  const [low, high] = [Math.min(...all), Math.max(...all)]
  if (low <= 0 || (high - low) / high > PHASES_APART || neighbours.every((values) => spreadOf(values) === 0)) return undefined
  for (const scale of form === 'real' ? [1] : SCALES) {
    const mains = MAINS_V.find(({ nominal, band }) => all.every((value) => Math.abs(value * scale - nominal) <= nominal * band))
    if (mains)
      return {
        scale,
        kind: 'mains voltage',
        text: `one of ${neighbours.length} neighbours that look like mains voltages near ${mains.nominal} V`,
      }
  }
  return undefined
}

/** Moves as slowly as temperatures of machines do, and is of their size in °C. */
export function temperature(values: readonly number[], form: 'whole' | 'real'): KnownKind | undefined {
  const spread = spreadOf(values)
  if (spread === 0 || form === 'whole') return undefined
  if (!values.every((value) => value > 5 && value < 150) || spread > SLOW * Math.max(...values)) return undefined
  return { scale: 1, kind: 'temperature', text: 'moves as slowly as a temperature, and would be one in °C' }
}

function spreadOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values)
}

function shown(value: number, scale: number): string {
  return String(Number((value * scale).toPrecision(4)))
}
