import type { Kurtogram } from '../analysis/bearing/kurtogram.js'
import { type HeatMapStyle, heatMap } from './heat-map.js'
import { numberText } from './number-text.js'

/** A kurtogram as a map: a row a level, frequency to the right, the darker the more impulsive; a pointer under the strongest band. */
export function kurtogramMap({ levels, max }: Kurtogram, style: Pick<HeatMapStyle, 'columns' | 'shades'>): string {
  const highest = Math.max(max.kurtosis, Number.MIN_VALUE)
  const maxHz = (levels[0]?.bandwidthHz ?? 0) * (levels[0]?.kurtosis.length ?? 0)
  return heatMap(
    levels.map(({ kurtosis }) => kurtosis.map((value) => value / highest)),
    {
      left: (row) => `level ${(levels[row]?.level ?? 0).toFixed(1)}`,
      right: `${numberText(maxHz)} Hz`,
      pointAt: max.centreHz / maxHz,
    },
    { ...style, rows: levels.length },
  ).join('\n')
}
