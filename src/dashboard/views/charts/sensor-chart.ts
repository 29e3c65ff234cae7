import { displayWidth, fitWidth } from '../../../output/display-width.js'
import { drawEnvelope, type Envelope, type Scale, scaleOf } from '../../../output/envelope-chart.js'
import type { Sensor } from '../../../readings/sensor.js'
import { recentWindow } from '../../history/recent-window.js'
import { waveformEnvelope } from '../../history/waveform-envelope.js'
import type { Picture } from '../../picture.js'
import { fitRow } from '../../rows/fit-row.js'
import { steadyNumber } from '../../rows/steady-number.js'
import type { Row, Span } from '../../rows/style.js'

interface Size {
  readonly columns: number
  readonly rows: number
}

/** What there is to draw of a sensor, before it is drawn. */
interface Curve {
  readonly about: string
  readonly envelope: Envelope
  readonly joinWithinDots: number
  readonly start: string
  readonly end: string
}

const AXIS_COLUMNS = 10
/** A chart on a slow line moves every five seconds. */
const LOW_BANDWIDTH_STEP_MS = 5000

/** A chart with its heading. */
export interface SensorChart {
  readonly heading: Row
  readonly rows: readonly Row[]
}

/** One sensor: its last waveform where it sends blocks, else its recent past. */
export function sensorChart(picture: Picture, row: number | undefined, size: Size): SensorChart {
  const sensor = row === undefined ? undefined : picture.live.sensors[row]
  if (row === undefined || !sensor) return { heading: [], rows: [[{ text: '  no sensor is selected', style: GREY }]] }
  const canvas = { columns: Math.max(4, size.columns - AXIS_COLUMNS), rows: Math.max(1, size.rows - 1) }
  const curve = waveformCurve(picture, row, canvas.columns * 2) ?? trendCurve(picture, row, canvas.columns * 2)
  const scale = scaleOf(curve.envelope)
  const unit = picture.live.units[row] ?? ''
  const heading: Row = [
    { text: picture.live.names[row] ?? '', style: { weight: 'bold' } },
    { text: unit === '' ? '' : ` ${unit}` },
    { text: `  ${curve.about}`, style: GREY },
  ]
  if (!scale) return { heading, rows: [[{ text: '' }], [{ text: '  no values to draw yet', style: GREY }]] }
  const drawn = drawEnvelope(curve.envelope, scale, { ...canvas, joinWithinDots: curve.joinWithinDots })
  const rows = drawn.map((text, line) => chartRow(text, line, { scale, rows: canvas.rows, sensor }))
  return { heading, rows: [...rows, timeAxis(curve, size.columns)] }
}

function trendCurve(picture: Picture, row: number, dots: number): Curve {
  const { live, moment, bandwidth } = picture
  const history = live.histories[row]
  const nowMs = moment.now / 1000
  const untilMs = bandwidth === 'low' ? Math.floor(nowMs / LOW_BANDWIDTH_STEP_MS) * LOW_BANDWIDTH_STEP_MS : nowMs
  if (!history?.finest) {
    return { about: '', envelope: { lows: new Float64Array(0), highs: new Float64Array(0) }, joinWithinDots: 1, start: '', end: '' }
  }
  const { envelope, fromMs, untilMs: endMs, joinWithinDots } = recentWindow(history, { dots, untilMs })
  const spanMs = endMs - fromMs
  return {
    about: rangeText(picture, row, envelope),
    envelope,
    joinWithinDots,
    start: `−${spanMs >= 120_000 ? `${spanMs / 60_000} min` : `${spanMs / 1000} s`}`,
    end: 'now',
  }
}

function waveformCurve(picture: Picture, row: number, dots: number): Curve | undefined {
  const waveform = picture.live.waveforms[row]
  if (!waveform) return undefined
  const { samples, sampleRateHz } = waveform
  const rate = sampleRateHz >= 1000 ? `${Number((sampleRateHz / 1000).toPrecision(4))} kHz` : `${Number(sampleRateHz.toPrecision(4))} Hz`
  const lengthMs = Number(((samples.length / sampleRateHz) * 1000).toPrecision(3))
  const envelope = waveformEnvelope(waveform, dots)
  const about = `waveform  ${samples.length} samples at ${rate}  ${rangeText(picture, row, envelope)}`
  return { about, envelope, joinWithinDots: Math.max(1, Math.ceil(dots / samples.length)), start: '0', end: `${lengthMs} ms` }
}

function rangeText(picture: Picture, row: number, envelope: Envelope): string {
  const lows = envelope.lows.filter((value) => !Number.isNaN(value))
  const highs = envelope.highs.filter((value) => !Number.isNaN(value))
  if (lows.length === 0) return ''
  const history = {
    magnitude: picture.live.magnitude[row] ?? 0,
    values: picture.live.fractional[row] === 1 ? 'fractional' : 'whole',
  } as const
  const low = lows.reduce((least, value) => Math.min(least, value))
  const high = highs.reduce((most, value) => Math.max(most, value))
  return `${steadyNumber(low, history)} … ${steadyNumber(high, history)}`
}

interface ChartRowPlace {
  readonly scale: Scale
  readonly rows: number
  readonly sensor: Sensor
}

/** One row of the chart: its axis label, the curve, and a limit where one lies in this row. */
function chartRow(text: string, line: number, place: ChartRowPlace): Row {
  const { scale, rows } = place
  const isLabelled = line === 0 || line === rows - 1 || (rows >= 7 && line === (rows - 1) / 2)
  const share = rows === 1 ? 1 : 1 - line / (rows - 1)
  const label = isLabelled ? axisNumber(scale.low + (scale.high - scale.low) * share, scale) : ''
  const axis: Span = { text: `${fitWidth(label, AXIS_COLUMNS - 2, 'right')} ${isLabelled ? '┤' : '│'}`, style: GREY }
  const limit = limitInRow(line, place)
  if (!limit) return [axis, { text, style: CURVE }]
  return [axis, ...overLimit(text, limit)]
}

interface LimitLine {
  readonly letters: string
  readonly colour: 'red' | 'yellow'
}

function limitInRow(line: number, { scale, rows, sensor }: ChartRowPlace): LimitLine | undefined {
  const { limits } = sensor
  const candidates: readonly (readonly [LimitLine, number | undefined])[] = [
    [{ letters: 'HH', colour: 'red' }, limits?.criticalHigh],
    [{ letters: 'LL', colour: 'red' }, limits?.criticalLow],
    [{ letters: 'H', colour: 'yellow' }, limits?.warningHigh],
    [{ letters: 'L', colour: 'yellow' }, limits?.warningLow],
  ]
  const rowOfValue = (value: number): number => rows - 1 - Math.floor(((value - scale.low) / (scale.high - scale.low)) * rows * 0.9999)
  return candidates.find(([, value]) => value !== undefined && value >= scale.low && value <= scale.high && rowOfValue(value) === line)?.[0]
}

/** The limit's line where the curve leaves the cell empty. */
function overLimit(text: string, limit: LimitLine): Row {
  const spans: Span[] = []
  for (const [piece] of text.matchAll(/ +|[^ ]+/g)) {
    const isEmpty = piece.startsWith(' ')
    spans.push(isEmpty ? { text: '┄'.repeat(piece.length), style: { colour: limit.colour } } : { text: piece, style: CURVE })
  }
  const last = spans.at(-1)
  if (last?.text.startsWith('┄') && last.text.length > 4) {
    spans[spans.length - 1] = { ...last, text: `${last.text.slice(0, -3)}${limit.letters.padStart(3)}` }
  }
  return spans
}

function timeAxis(curve: Curve, columns: number): Row {
  const gap = columns - AXIS_COLUMNS - displayWidth(curve.start) - displayWidth(curve.end)
  return fitRow([{ text: `${' '.repeat(AXIS_COLUMNS)}${curve.start}${' '.repeat(Math.max(1, gap))}${curve.end}`, style: GREY }], columns)
}

function axisNumber(value: number, scale: Scale): string {
  const step = (scale.high - scale.low) / 4
  const decimals = Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(step))))
  const text = Math.max(Math.abs(scale.low), Math.abs(scale.high)) >= 1e7 ? value.toExponential(2) : value.toFixed(decimals)
  return text
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
    .replace(/^-(?=0$)/, '')
    .replace(/^-/, '−')
}

const GREY = { colour: 'grey' } as const
const CURVE = { colour: 'cyan' } as const
