/** Date and time that begin at a register, one field or two in each. */
export interface ClockReading {
  readonly width: number
  /** How the fields are written. */
  readonly digits: 'bcd16' | 'uint16'
  /** What it shows, in ms since 1970, one per sample. */
  readonly shown: readonly number[]
  readonly likelihood: number
}

/** Fields by place: (C)entury, (Y)ear, (M)onth, (D)ay, (w)eekday, (h)our, (m)inute, (s)econd. The last three are those of the usual clock chips. */
const SEQUENCES = [
  'YMDhms',
  'DMYhms',
  'MDYhms',
  'hmsYMD',
  'hmsDMY',
  'hmsMDY',
  'smhDMY',
  'YMDhm',
  'DMYhm',
  'CYMDhm',
  'YMDwhms',
  'smhwDMY',
  'smhDwMY',
] as const
const LAYOUTS = SEQUENCES.flatMap((sequence) =>
  ([1, 2] as const).flatMap((perRegister) =>
    (['bcd16', 'uint16'] as const).flatMap((digits) =>
      sequence.length % perRegister === 0 && (perRegister === 2 || !sequence.includes('C')) ? [{ sequence, perRegister, digits }] : [],
    ),
  ),
)
const FIRST_YEAR = 2000
/** Years that a clock shows: about now, or anything. */
const RECENT = { from: 2015, to: 2040, share: 0.98 } as const
const CENTURY_YEARS = 100
const RUNNING = { share: 0.75, longestStepMs: 60_000, usualMs: 5000 } as const
const EVEN = Math.log(0.5)
const UNEVEN = 3

/**
 * Clocks that may begin at the first of these registers: dates that exist, at times that exist, that stand or go on.
 * @param samples one array per round, from the first register on.
 */
export function clockReadings(samples: readonly Uint16Array[]): readonly ClockReading[] {
  const found = LAYOUTS.flatMap(({ sequence, perRegister, digits }) => {
    const width = sequence.length / perRegister
    const shown: number[] = []
    for (const sample of samples) {
      const at = sample.length < width ? undefined : shownBy(sample, { sequence, perRegister, digits })
      if (at === undefined) return []
      shown.push(at)
    }
    const likelihood = firstShown(shown[0] ?? 0, sequence) + goesOn(shown)
    return Number.isFinite(likelihood) ? [{ width, digits, shown, likelihood: likelihood - Math.log(LAYOUTS.length) }] : []
  })
  return found
}

function shownBy(
  registers: Uint16Array,
  { sequence, perRegister, digits }: { readonly sequence: string; readonly perRegister: number; readonly digits: ClockReading['digits'] },
): number | undefined {
  const field: Record<string, number> = {}
  for (let index = 0; index < sequence.length; index++) {
    const register = registers[Math.floor(index / perRegister)] ?? 0
    const part = perRegister === 1 ? register : index % 2 === 0 ? register >> 8 : register & 0xff
    const value = digits === 'uint16' ? part : decimalOf(part)
    if (value === undefined) return undefined
    field[sequence[index] ?? ''] = value
  }
  return existing(field, digits)
}

/** What each field may be; a year of four digits is one of these hundred. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  C: [FIRST_YEAR / CENTURY_YEARS, FIRST_YEAR / CENTURY_YEARS],
  M: [1, 12],
  D: [1, 31],
  w: [0, 7],
  h: [0, 23],
  m: [0, 59],
  s: [0, 59],
}

function existing(field: Readonly<Record<string, number>>, digits: ClockReading['digits']): number | undefined {
  const fits = Object.entries(RANGES).every(([name, [least, most]]) => {
    const value = field[name]
    return value === undefined || (value >= least && value <= most)
  })
  const { Y: written = 0, M: month = 1, D: day = 1, h: hour = 0, m: minute = 0, s: second = 0 } = field
  const sinceFirst = written >= FIRST_YEAR ? written - FIRST_YEAR : written
  if (!fits || sinceFirst >= CENTURY_YEARS) return undefined
  const at = Date.UTC(FIRST_YEAR + sinceFirst, month - 1, day, hour, minute, second)
  // A year zero with small numbers behind it is anything but a clock.
  return new Date(at).getUTCDate() === day && (digits === 'bcd16' || sinceFirst > 0) ? at : undefined
}

function decimalOf(part: number): number | undefined {
  const digits = part.toString(16)
  return /^\d{1,4}$/.test(digits) ? Number(digits) : undefined
}

function firstShown(at: number, sequence: string): number {
  const year = new Date(at).getUTCFullYear()
  const isRecent = year >= RECENT.from && year < RECENT.to
  const years = isRecent ? RECENT.share / (RECENT.to - RECENT.from) : (1 - RECENT.share) / CENTURY_YEARS
  const times = sequence.includes('s') ? 86_400 : 1440
  return Math.log(years / 365 / times / (sequence.includes('w') ? 7 : 1))
}

function goesOn(shown: readonly number[]): number {
  const steps = shown.slice(1).map((at, index) => at - (shown[index] ?? 0))
  if (steps.length === 0) return 0
  if (steps.every((step) => step === 0)) return Math.log(1 - RUNNING.share)
  if (!steps.every((step) => step >= 0 && step <= RUNNING.longestStepMs)) return Number.NEGATIVE_INFINITY
  const [least, most] = [Math.min(...steps), Math.max(...steps)]
  // Rounds take equally long, and a clock shows whole seconds.
  const uneven = Math.max(0, (most - least) / 1000 - 1)
  return Math.log(RUNNING.share / 5) - most / RUNNING.usualMs + (steps.length - 1) * EVEN - uneven * UNEVEN
}

/** E.g. `2026-11-22 18:09:07`. */
export function describeClock(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}
