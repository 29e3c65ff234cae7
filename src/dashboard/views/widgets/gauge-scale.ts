import type { Sensor } from '../../../readings/sensor.js'
import type { LimitState } from '../../live/limit-state.js'
import { limitState } from '../../live/limit-state.js'

/** The ends of a gauge, in the sensor's unit, and who says so. */
export interface GaugeScale {
  readonly low: number
  readonly high: number
  readonly from: 'range' | 'limits'
}

/** Beyond the outermost limits by so much of what lies between them, so that a value beyond one can still be seen. */
const MARGIN = 0.15

/** A gauge needs two ends that somebody stated: the range, else the outermost limits; undefined where there are none. */
export function gaugeScale({ range, limits }: Pick<Sensor, 'range' | 'limits'>): GaugeScale | undefined {
  if (range) return { ...range, from: 'range' }
  const low = limits?.criticalLow ?? limits?.warningLow
  const high = limits?.criticalHigh ?? limits?.warningHigh
  if (low === undefined || high === undefined || low >= high) return undefined
  const margin = (high - low) * MARGIN
  return { low: low - margin, high: high + margin, from: 'limits' }
}

/** What lies in each cell of the gauge: filled up to the value, and which limit its middle is beyond. Shape (columns,). */
export function gaugeCells(
  value: number,
  { low, high }: GaugeScale,
  { columns, limits }: { readonly columns: number; readonly limits: Sensor['limits'] },
): readonly { readonly fill: 'full' | 'empty'; readonly zone: LimitState }[] {
  const filled = Math.round(((value - low) / (high - low)) * columns)
  return Array.from({ length: columns }, (_, cell) => {
    const middle = low + ((cell + 0.5) / columns) * (high - low)
    return { fill: cell < filled ? 'full' : 'empty', zone: limitState(middle, limits) }
  })
}
