import type { batchOf } from '../../readings/batch.js'
import { QUALITY } from '../../readings/quality.js'
import type { Sensor } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import { convert, unitOf } from '../../readings/unit.js'
import type { Extracted } from './extract.js'

export type Row = Parameters<typeof batchOf>[2][number]

/** A reading out of what a message says, in the sensor's unit where the message states one. */
export function rowOf(sensor: Sensor, index: number, { extracted, at }: { readonly extracted: Extracted; readonly at: EpochMicros }): Row {
  const row = { sensor: index, measuredAt: at }
  switch (extracted.kind) {
    case 'number':
      return { ...row, ...inUnitOf(sensor, extracted) }
    case 'no-value':
      return { ...row, value: Number.NaN, quality: QUALITY['device-fault'], text: extracted.why }
    case 'text':
      // A text is a value where somebody asked for one, or where nobody has said what it is.
      if (sensor.kind === 'state' || isAskedFor(sensor)) return { ...row, value: Number.NaN, text: extracted.text }
      return { ...row, value: Number.NaN, quality: QUALITY.undecodable, text: `'${extracted.text}' is no number` }
  }
}

/** A reading that did not come. */
export function missedRow(index: number, at: EpochMicros, { quality, text }: { readonly quality: number; readonly text: string }): Row {
  return { sensor: index, measuredAt: at, value: Number.NaN, quality, text }
}

function isAskedFor({ address }: Sensor): boolean {
  return /[?&]as=text(&|$)/.test(address)
}

function inUnitOf(sensor: Sensor, { value, unit, doubt }: Extract<Extracted, { kind: 'number' }>): Omit<Row, 'sensor' | 'measuredAt'> {
  const [stated, wanted] = [unit === null ? undefined : unitOf(unit), sensor.unit === null ? undefined : unitOf(sensor.unit)]
  if (stated && wanted && stated.symbol !== wanted.symbol) {
    const converted = convert(value, stated, wanted)
    if (converted === undefined) return { value, quality: QUALITY['device-uncertain'], text: `the device says ${unit}` }
    return doubted(converted, doubt)
  }
  return doubted(value, doubt)
}

function doubted(value: number, doubt: string | null): Omit<Row, 'sensor' | 'measuredAt'> {
  return doubt === null ? { value } : { value, quality: QUALITY['device-uncertain'], text: doubt }
}
