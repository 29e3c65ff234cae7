import type { AnsweredShock, ShockAnswer } from '../analysis/vibration/shock-answer.js'
import { counted } from '../readings/counted.js'
import { brailleCanvas } from './braille-canvas.js'
import { recordLine } from './record-line.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

const ROWS = 10
const DECADES_SHOWN = 3

/** The shock response spectrum of the strongest shock over log frequency, and all shocks as a table. */
export function formatShocks(answer: ShockAnswer, columns: number): string {
  const { shocks, naturalHz, unit, of } = answer
  const [strongest] = shocks
  const rows = shocks.map((shock) => {
    const at = highestAt(shock)
    return [
      `${shock.startS.toFixed(3)} s`,
      `${(1000 * shock.durationS).toFixed(0)} ms`,
      `${shock.peak.toPrecision(4)}`,
      `${(shock.maximax[at] ?? 0).toPrecision(4)}`,
      `${(naturalHz[at] ?? 0).toFixed(0)} Hz`,
    ]
  })
  return [
    recordLine(answer),
    '',
    ...(strongest === undefined ? [] : plotOf(strongest, answer, Math.max(40, columns - 6))),
    '',
    `${of === 'events' ? counted(shocks.length, 'shock') : 'the whole record'}, absolute acceleration at ${(100 * answer.damping).toFixed(1)} % damping (Q = ${(0.5 / (answer.damping || Number.MIN_VALUE)).toPrecision(3)})`,
    formatTable(['START', 'LENGTH', `PEAK, ${terminalSafe(unit)}`, `HIGHEST RESPONSE, ${terminalSafe(unit)}`, 'OF'], rows),
    ...answer.warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}

function highestAt({ maximax }: AnsweredShock): number {
  return maximax.reduce((best, value, k) => (value > (maximax[best] ?? 0) ? k : best), 0)
}

/** Both axes in decades: a shock response spectrum is read by its slopes. */
function plotOf({ maximax }: AnsweredShock, { naturalHz, unit }: ShockAnswer, columns: number): string[] {
  const canvas = brailleCanvas({ columns, rows: ROWS })
  const top = Math.log10(Math.max(...maximax, Number.MIN_VALUE))
  const least = Math.max(Math.log10(Math.max(Math.min(...maximax), Number.MIN_VALUE)), top - DECADES_SHOWN)
  for (let dot = 0; dot < canvas.dotsWide; dot++) {
    const value = maximax[Math.min(maximax.length - 1, Math.floor((dot * maximax.length) / canvas.dotsWide))] ?? 0
    const height = ((Math.log10(Math.max(value, Number.MIN_VALUE)) - least) / (top - least || 1)) * (canvas.dotsHigh - 1)
    if (height >= 0) canvas.bar(dot, 0, Math.round(height))
  }
  const [first = 0, last = 0] = [naturalHz[0], naturalHz.at(-1)]
  const right = `${last.toFixed(0)} Hz (log)`
  const left = first.toFixed(first < 10 ? 1 : 0)
  return [
    `shock response (maximax) of the strongest over natural frequency  (from ${(10 ** least).toPrecision(2)} to ${(10 ** top).toPrecision(3)} ${terminalSafe(unit)}, log)`,
    ...canvas.rows().map((row) => `  │${row.trimEnd()}`),
    `  └${'─'.repeat(columns)}`,
    `   ${left}${' '.repeat(Math.max(1, columns - left.length - right.length))}${right}`,
  ]
}
