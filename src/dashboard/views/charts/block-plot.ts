import { drawEnvelope, scaleOf } from '../../../output/envelope-chart.js'
import { waveformEnvelope } from '../../history/waveform-envelope.js'
import type { Picture } from '../../picture.js'
import { fitRow, spreadRow } from '../../rows/fit-row.js'
import type { Row } from '../../rows/style.js'
import type { PaneSize } from '../view.js'
import { CellCanvas } from './cell-canvas.js'
import { rangeText } from './sensor-curve.js'
import { AXIS_COLUMNS, axisCell, plotCells } from './value-axis.js'

const GREY = { colour: 'grey' } as const

/** The last block of samples of a sensor, from its first sample to its last. */
export function blockPlot(picture: Picture, row: number, size: PaneSize): { readonly about: string; readonly rows: readonly Row[] } {
  const waveform = picture.live.waveforms[row]
  if (!waveform) return { about: '', rows: [] }
  const columns = plotCells(size.columns)
  const rows = Math.max(1, size.rows - 1)
  const { samples, sampleRateHz } = waveform
  const envelope = waveformEnvelope(waveform, columns * 2)
  const scale = scaleOf(envelope) ?? { low: 0, high: 1 }
  const canvas = new CellCanvas({ columns, rows })
  const joinWithinDots = Math.max(1, Math.ceil((columns * 2) / samples.length))
  canvas.lay(drawEnvelope(envelope, scale, { columns, rows, joinWithinDots }), { colour: 'cyan' })
  const plot = Array.from({ length: rows }, (_, line): Row => [axisCell(line, rows, scale), ...canvas.row(line)])
  const lengthMs = Number(((samples.length / sampleRateHz) * 1000).toPrecision(3))
  const ends = spreadRow([{ text: `${' '.repeat(AXIS_COLUMNS)}0`, style: GREY }], [{ text: `${lengthMs} ms`, style: GREY }], size.columns)
  const about = `waveform  ${samples.length} samples at ${rateText(sampleRateHz)}  ${rangeText(picture.live, { row, envelope }, null)}`
  return { about, rows: [...plot, fitRow(ends, size.columns)] }
}

export function rateText(hz: number): string {
  return hz >= 1000 ? `${Number((hz / 1000).toPrecision(4))} kHz` : `${Number(hz.toPrecision(4))} Hz`
}
