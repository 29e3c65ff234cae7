import type { Scale } from '../../../output/envelope-chart.js'
import type { Limits } from '../../../readings/sensor.js'
import type { Style } from '../../rows/style.js'
import type { CellCanvas } from './cell-canvas.js'

const CRITICAL: Style = { colour: 'red' }
const WARNING: Style = { colour: 'yellow' }
/** Letters stand at the right end where so much of the line is free. */
const LETTERS_WIDTH = 3

/** The limits of a sensor as lines behind its curve, each with its letters. */
export function layLimits(canvas: CellCanvas, limits: Limits | undefined, scale: Scale): void {
  const lines: readonly (readonly [string, Style, number | undefined])[] = [
    ['HH', CRITICAL, limits?.criticalHigh],
    ['LL', CRITICAL, limits?.criticalLow],
    ['H', WARNING, limits?.warningHigh],
    ['L', WARNING, limits?.warningLow],
  ]
  for (const [letters, style, value] of lines) {
    if (value === undefined || value < scale.low || value > scale.high) continue
    layLine(canvas, rowOfValue(value, scale, canvas.rows), letters, style)
  }
}

/** The row of a chart that a value lies in; 0 is the top. */
export function rowOfValue(value: number, scale: Scale, rows: number): number {
  return rows - 1 - Math.floor(((value - scale.low) / (scale.high - scale.low)) * rows * 0.9999)
}

function layLine(canvas: CellCanvas, row: number, letters: string, style: Style): void {
  const from = canvas.columns - LETTERS_WIDTH
  const hasRoom = canvas.columns > 8 && [0, 1, 2].every((place) => canvas.at(row, from + place) === ' ')
  if (hasRoom) [...letters.padStart(LETTERS_WIDTH)].forEach((letter, place) => canvas.put(row, from + place, letter, style))
  const end = hasRoom ? canvas.columns - letters.length - 1 : canvas.columns
  for (let column = 0; column < end; column++) canvas.putBehind(row, column, '┄', style)
}
