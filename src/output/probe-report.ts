import type { Point, ProbeReport } from '../drivers/contract.js'
import { numberText } from './number-text.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

/** One device on one page: who it is, what it offers, what is uncertain. */
export function formatProbeReport({ device, points, warnings }: ProbeReport): string {
  const facts = Object.entries(device.facts).map(([label, text]) => `  ${terminalSafe(label)}: ${terminalSafe(text)}`)
  const table =
    points.length === 0 ? 'it offers no values' : formatTable(['VALUE', 'UNIT', 'TYPE', 'SURE', 'NAME', 'ADDRESS'], points.map(rowOf))
  const doubts = points
    .filter(({ confidence }) => confidence < 0.5)
    .slice(0, 5)
    .map((point) => `doubt    ${terminalSafe(point.address)}: ${terminalSafe(point.evidence)}`)
  return [
    terminalSafe(device.description),
    ...facts,
    '',
    table,
    ...doubts,
    ...warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}

function rowOf({ value, unit, type, order, scale, scaleIs, confidence, name, address, sampleRateHz }: Point): string[] {
  const format = [
    type,
    order,
    scaleIs === 'unknown' ? '×?' : scale === 1 ? null : `×${scale}`,
    sampleRateHz === undefined ? null : `${sampleRateHz} Hz`,
  ].filter((part) => part !== null)
  const shown = value === null ? '—' : typeof value === 'number' ? numberText(value) : String(value)
  return [
    type === 'waveform' && typeof value === 'number' ? `${value} samples` : shown,
    unit ?? '',
    format.join(' '),
    `${Math.round(confidence * 100)} %`,
    name ?? '',
    address,
  ]
}
