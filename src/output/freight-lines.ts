import type { Batch, Freight, Gap, Happening, Waveform } from '../readings/measurement.js'
import { isBad, qualityOf } from '../readings/quality.js'
import type { Sensor } from '../readings/sensor.js'
import { formatMicros } from '../readings/time.js'
import { numberText } from './number-text.js'
import { terminalSafe } from './terminal-safe.js'
import { rmsOf } from './waveform-rms.js'

export type SensorLookup = (key: string) => Sensor | undefined

/** Freight as plain lines for people and `grep`: `time sensor value unit quality`, one reading a line, each ending in a line feed. */
export function freightLines(freight: Freight, sensorOf: SensorLookup): string {
  switch (freight.kind) {
    case 'batch':
      return batchLines(freight, sensorOf)
    case 'waveform':
      return waveformLine(freight, sensorOf)
    case 'gap':
      return gapLine(freight)
    case 'event':
      return eventLine(freight)
  }
}

function batchLines(batch: Batch, sensorOf: SensorLookup): string {
  let lines = ''
  const headings = batch.sensors.map((key) => ({ name: terminalSafe(key), unit: unitText(sensorOf(key)) }))
  for (let row = 0; row < batch.value.length; row++) {
    const { name, unit } = headings[batch.sensor[row] ?? 0] ?? { name: '?', unit: '' }
    const quality = batch.quality[row] ?? 255
    const text = batch.texts?.[row]
    const value = isBad(quality) ? '—' : text ? terminalSafe(text) : numberText(batch.value[row] ?? Number.NaN)
    lines += `${formatMicros(batch.measuredAt[row] ?? batch.receivedAt)} ${name} ${value}${unit} ${qualityText(quality)}\n`
  }
  return lines
}

function waveformLine(waveform: Waveform, sensorOf: SensorLookup): string {
  const { sensor, samples, sampleRateHz, startedAt, quality } = waveform
  const rms = isBad(quality) ? '—' : numberText(rmsOf(samples))
  const shape = `(${samples.length} samples at ${numberText(sampleRateHz)} Hz)`
  return `${formatMicros(startedAt)} ${terminalSafe(sensor)} rms ${rms}${unitText(sensorOf(sensor))} ${shape} ${qualityText(quality)}\n`
}

function gapLine(gap: Gap): string {
  const seconds = numberText((gap.to - gap.from) / 1e6)
  const missing = gap.missing === null ? '' : `, ${gap.missing} missing`
  return `${formatMicros(gap.from)} gap ${seconds} s ${sensorsText(gap.sensors)}${missing}: ${terminalSafe(gap.cause)}\n`
}

function eventLine(happening: Happening): string {
  return `${formatMicros(happening.at)} ${happening.severity} ${happening.event}: ${terminalSafe(happening.text)}\n`
}

function unitText(sensor: Sensor | undefined): string {
  return sensor?.unit ? ` ${terminalSafe(sensor.unit, { maxWidth: 24 })}` : ''
}

function qualityText(code: number): string {
  const { level, reason } = qualityOf(code)
  return reason === null ? level : `${level}:${reason}`
}

function sensorsText(sensors: readonly string[]): string {
  const [only] = sensors
  return sensors.length === 1 && only !== undefined ? terminalSafe(only) : `${sensors.length} sensors`
}
