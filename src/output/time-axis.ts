import { type EpochMicros, formatMicros } from '../readings/time.js'

const SECOND = 1_000_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Distances between ticks, microseconds, that people count in. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000],
  ...[1, 2, 5, 10, 15, 30].map((s) => s * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((m) => m * MINUTE),
  ...[1, 2, 3, 6, 12].map((h) => h * HOUR),
  ...[1, 2, 5, 7, 14, 28, 91, 182, 365].map((d) => d * DAY),
]
/** The widest label is `HH:MM:SS.ffffff`. */
const BETWEEN_LABELS = 3

/** An axis of time, UTC: a rule with ticks, and what they mean under it. Each line is at most `columns` wide. */
export function timeAxis(
  range: { readonly from: EpochMicros; readonly to: EpochMicros },
  columns: number,
  dots: 'braille' | 'ascii' = 'braille',
): { readonly rule: string; readonly labels: string } {
  const span = range.to - range.from
  const step = STEPS.find((each) => (span / each) * (labelOf(0, each).length + BETWEEN_LABELS) <= columns) ?? STEPS.at(-1) ?? DAY
  const rule = new Array<string>(columns).fill(dots === 'ascii' ? '-' : '─')
  let labels = ''
  for (let at = Math.ceil(range.from / step) * step; at <= range.to; at += step) {
    const column = Math.min(columns - 1, Math.floor(((at - range.from) / span) * columns))
    rule[column] = dots === 'ascii' ? '+' : '┬'
    const label = labelOf(at, step)
    // Midnight says its date, so that a long night is not read as a short one.
    const start = Math.min(columns - label.length, Math.max(0, column - (label.length >> 1)))
    if (start >= labels.length + (labels === '' ? 0 : 1)) labels = labels.padEnd(start) + label
  }
  return { rule: rule.join(''), labels }
}

/** `MM-DD` for days, and for midnights among hours; `HH:MM` with as many digits of the second as the step needs. */
function labelOf(at: EpochMicros, step: number): string {
  const [date = '', time = ''] = formatMicros(at).split('T')
  if (step >= 365 * DAY) return date.slice(0, 7)
  if (step >= DAY || (step >= MINUTE && at % DAY === 0 && at !== 0)) return date.slice(5)
  if (step >= MINUTE) return time.slice(0, 5)
  if (step >= SECOND) return time.slice(0, 8)
  return time.slice(0, step >= 1000 ? 12 : 15)
}
