import type { LiveSpectrum } from '../../spectra/spectrum-answer.js'
import type { FrequencyAxis } from './frequency-axis.js'
import { hzText, type KnownMachine } from './machine-lines.js'

/** Bearings slip: their lines may lie this far off where pure rolling puts them. */
export const SLIP = 0.015
const MOST_NAMES = 3
/** So many times what is usual in view, a line is worth a step of the cursor. */
const CLEAR = 4

/** What stands under the cursor: frequency, order of the shaft, amplitude, and what is expected there. */
export function cursorSays(spectrum: LiveSpectrum, hz: number, machine: KnownMachine, unit: string): string {
  const bin = Math.max(0, Math.min(spectrum.values.length - 1, Math.round(hz / spectrum.stepHz)))
  const order = machine.shaftHz === null ? '' : `  ${(hz / machine.shaftHz).toFixed(2)}×`
  const names = machine.lines
    .filter((line) => Math.abs(line.hz - hz) <= Math.max(spectrum.stepHz, line.of === 'bearing' ? SLIP * line.hz : 0))
    .sort((a, b) => Math.abs(a.hz - hz) - Math.abs(b.hz - hz))
    .slice(0, MOST_NAMES)
    .map(({ name }) => name)
  const near = names.length === 0 ? '' : `  near ${names.join(', ')}`
  return `${hzText(hz)}${order}  ${amplitudeText(spectrum.values[bin] ?? Number.NaN)} ${unit}${near}`
}

export function amplitudeText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))).replace('-', '−') : '—'
}

/** The next line to the right (or left) of the cursor that stands clear of what is shown; undefined where there is none. */
export function nextPeakHz(spectrum: LiveSpectrum, axis: FrequencyAxis, fromHz: number | null, direction: 1 | -1): number | undefined {
  const { stepHz, values } = spectrum
  const [first, end] = [Math.max(1, Math.ceil(axis.fromHz / stepHz)), Math.min(values.length - 1, Math.floor(axis.toHz / stepHz))]
  if (end <= first) return undefined
  const usual = values.slice(first, end + 1).toSorted()[(end - first) >> 1] ?? 0
  const start = fromHz === null ? (direction === 1 ? first - 1 : end + 1) : Math.round(fromHz / stepHz)
  for (let k = start + direction; k >= first && k <= end; k += direction) {
    const value = values[k] ?? 0
    if (value > CLEAR * usual && value >= (values[k - 1] ?? 0) && value > (values[k + 1] ?? 0)) return k * stepHz
  }
  return undefined
}
