import type { Point, ProbeReport } from '../drivers/probe-report.js'
import { displayWidth } from './display-width.js'
import { numberText } from './number-text.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'
import { wrapText } from './wrap-text.js'

/** Guesses that are surer than this need no second look. */
const SURE = 0.9
const MOST_DOUBTS = 8
const MOST_RIVALS = 3
const NARROWEST = 40
const INDENT = '         '

/**
 * One device on one page: who it is, what it offers, what is uncertain and between what.
 * @param columns of the terminal; without them nothing is shortened or wrapped, as for a pipe.
 */
export function formatProbeReport({ device, points, warnings }: ProbeReport, columns = Number.POSITIVE_INFINITY): string {
  const width = Math.max(NARROWEST, columns)
  const wrap = (text: string): string => wrapText(text, { columns: width, indent: INDENT })
  const facts = Object.entries(device.facts).map(([label, text]) => wrap(`  ${terminalSafe(label)}: ${terminalSafe(text)}`))
  const short = (address: string): string => (address.startsWith(`${device.address}/`) ? address.slice(device.address.length + 1) : address)
  return [
    wrap(terminalSafe(device.description)),
    ...facts,
    '',
    ...tableOf(points, { width, device: device.address, short }),
    ...doubtsAmong(points, short).map(wrap),
    ...warnings.map((warning) => wrap(`warning  ${terminalSafe(warning)}`)),
  ].join('\n')
}

interface Place {
  readonly width: number
  readonly device: string
  readonly short: (address: string) => string
}

/** Columns that nothing stands in are left out; addresses lose the device that they all share where the lines would not fit. */
function tableOf(points: readonly Point[], { width, device, short }: Place): readonly string[] {
  if (points.length === 0) return ['it offers no values']
  const headings = ['VALUE', 'UNIT', 'TYPE', 'SURE', 'NAME', 'ADDRESS']
  const rows = points.map((point) => rowOf(point))
  const used = headings.map((heading, column) => !['UNIT', 'NAME'].includes(heading) || rows.some((row) => row[column] !== ''))
  const kept = (cells: readonly string[]): string[] => cells.filter((_, column) => used[column])
  const whole = formatTable(kept(headings), rows.map(kept))
  if (whole.split('\n').every((line) => displayWidth(line) <= width) || !points.some(({ address }) => short(address) !== address))
    return [whole]
  const shortened = rows.map((row, index) => [...row.slice(0, -1), short(points[index]?.address ?? '')])
  return [`addresses below follow ${terminalSafe(device)}/`, formatTable(kept(headings), shortened.map(kept))]
}

function rowOf(point: Point): string[] {
  const { value, valueIs, unit, type, confidence, name, address } = point
  const shown = valueIs === 'not-available' ? 'n/a' : value === null ? '—' : typeof value === 'number' ? numberText(value) : String(value)
  return [
    type === 'waveform' && typeof value === 'number' ? `${value} samples` : shown,
    unit ?? '',
    formatOf(point),
    `${Math.round(confidence * 100)} %`,
    name ?? '',
    address,
  ]
}

/** E.g. `uint16 or int16 ×?`, `float32 cdab`. */
function formatOf({ type, order, scale, scaleIs, readsAlso, sampleRateHz }: Point): string {
  const signed = (readsAlso ?? []).find((other) => other.replace(/^u/, '') === type.replace(/^u/, ''))
  return [
    signed ? `${type} or ${signed}` : type,
    order === 'abcd' && ONE_WAY.has(type) ? null : order,
    scaleIs === 'unknown' ? '×?' : scale === 1 ? null : `×${scale}`,
    sampleRateHz === undefined ? null : `${sampleRateHz} Hz`,
  ]
    .filter((part) => part !== null)
    .join(' ')
}

/** Types whose order goes without saying. */
const ONE_WAY = new Set(['uint16', 'int16', 'bcd16', 'string'])

/** The least sure guesses, what speaks for them, and what else it might be. */
function doubtsAmong(points: readonly Point[], short: (address: string) => string): readonly string[] {
  const doubtful = points.filter(({ confidence, parts }) => confidence < 0.5 || (parts !== undefined && confidence < SURE))
  const shown = doubtful.toSorted((a, b) => a.confidence - b.confidence).slice(0, MOST_DOUBTS)
  const more = doubtful.length - shown.length
  return [
    ...shown.flatMap((point) => [
      `doubt    ${terminalSafe(short(point.address).replace(/\?.*$/, ''))}, ${Math.round(point.confidence * 100)} % ${terminalSafe(formatOf(point))}: ${terminalSafe(point.evidence)}`,
      ...point.alternatives
        .slice(0, MOST_RIVALS)
        .map(
          ({ type, order, value, why }) =>
            `    or   ${terminalSafe([type, order, value === null ? '' : String(value)].filter(Boolean).join(' '))}: ${terminalSafe(why)}`,
        ),
    ]),
    ...(more > 0 ? [`doubt    ${more} more guesses are less than ${SURE * 100} % sure; --json has the grounds of all`] : []),
  ]
}
