import { describe, expect, it } from 'vitest'
import { ExceptionReporting } from '../../src/acquisition/exception-reporting.js'
import type { Batch, Freight } from '../../src/readings/measurement.js'
import { QUALITY } from '../../src/readings/quality.js'
import { unnamedSensor } from '../../src/readings/sensor.js'

const KEY = 'simulator://x/y'
const SENSOR = { ...unnamedSensor(KEY), deadband: 0.5, atLeastEveryMs: 10_000 }
const OFF = { deadband: null, atLeastEveryMs: 3_600_000 }

interface Given {
  readonly atS: number
  readonly value: number
  readonly quality?: number
  readonly text?: string
}

function batch({ atS, value, quality = 0, text }: Given): Batch {
  return {
    kind: 'batch',
    sensors: [KEY],
    sensor: Uint16Array.of(0),
    measuredAt: Float64Array.of(atS * 1e6),
    receivedAt: atS * 1e6 + 100,
    value: Float64Array.of(value),
    quality: Uint8Array.of(quality),
    ...(text === undefined ? {} : { texts: [text] }),
  }
}

function rowsOf(freight: readonly Freight[]): readonly (readonly [number, number])[] {
  return freight.flatMap((one) =>
    one.kind === 'batch' ? [...one.value].map((value, i) => [(one.measuredAt[i] ?? 0) / 1e6, value] as const) : [],
  )
}

describe('exception reporting', () => {
  it('keeps what leaves the deadband, and the reading before it, so that a step stays a step', () => {
    const reporting = new ExceptionReporting([SENSOR], OFF)
    const values = [20, 20.1, 20.2, 19.9, 20.4, 25, 25.1, 25.2]
    const kept = rowsOf(values.flatMap((value, atS) => reporting.pass(batch({ atS, value }))))
    expect(kept).toEqual([
      [0, 20],
      [4, 20.4],
      [5, 25],
    ])
    expect(rowsOf(reporting.rest())).toEqual([[7, 25.2]])
    expect(reporting.leftOut).toBe(values.length - 4)
  })

  it('keeps a slow drift within half a deadband of what was measured', () => {
    const reporting = new ExceptionReporting([{ ...SENSOR, atLeastEveryMs: 1e9 }], OFF)
    const kept = rowsOf(Array.from({ length: 100 }, (_, n) => reporting.pass(batch({ atS: n, value: n * 0.1 }))).flat())
    for (let i = 1; i < kept.length; i++) expect((kept[i]?.[1] ?? 0) - (kept[i - 1]?.[1] ?? 0)).toBeLessThanOrEqual(0.61)
  })

  it('keeps every change of quality and text, and a sign of life', () => {
    const reporting = new ExceptionReporting([SENSOR], OFF)
    const given: Given[] = [
      { atS: 0, value: 1 },
      { atS: 1, value: 1, quality: QUALITY['no-response'] },
      { atS: 2, value: 1 },
      { atS: 3, value: 1, text: 'running' },
      { atS: 4, value: 1, text: 'running' },
      { atS: 14, value: 1, text: 'running' },
    ]
    expect(rowsOf(given.flatMap((one) => reporting.pass(batch(one)))).map(([at]) => at)).toEqual([0, 1, 2, 3, 4, 14])
  })

  it('keeps every change of sensors without a deadband of their own where it is told to, and everything where not', () => {
    const plain = unnamedSensor(KEY)
    const values = [1, 1, 1, 2, 2, 2]
    const onChange = new ExceptionReporting([plain], { deadband: 0, atLeastEveryMs: 3_600_000 })
    expect(rowsOf(values.flatMap((value, atS) => onChange.pass(batch({ atS, value }))))).toEqual([
      [0, 1],
      [2, 1],
      [3, 2],
    ])
    const all = new ExceptionReporting([plain], OFF)
    expect(rowsOf(values.flatMap((value, atS) => all.pass(batch({ atS, value }))))).toHaveLength(6)
  })

  it('keeps the time of receipt of what it held back', () => {
    const reporting = new ExceptionReporting([SENSOR], OFF)
    const freight = [20, 20.1, 30].flatMap((value, atS) => reporting.pass(batch({ atS, value })))
    expect(freight.map((one) => (one.kind === 'batch' ? one.receivedAt : 0))).toEqual([100, 1e6 + 100, 2e6 + 100])
  })
})
