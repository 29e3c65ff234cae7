import type { SpectrumMap } from '../analysis/vibration/spectrum-map.js'
import { type HeatMapStyle, heatMap } from './heat-map.js'
import { recordLine } from './record-line.js'
import { SPEED_SOURCE } from './speed-source.js'
import { terminalSafe } from './terminal-safe.js'

/** Below the strongest line by more is drawn as nothing. */
const DEEPEST_DB = 60

/** A spectrum over time as shades: time downwards, frequency or order to the right, with the speed where it was followed. */
export function formatSpectrumMap(map: SpectrumMap, style: HeatMapStyle): string {
  const perDecade = map.kind === 'waterfall' ? 10 : 20
  // The first column is what is left of the mean.
  const level = (value: number, column: number) => (column === 0 || value <= 0 ? Number.NEGATIVE_INFINITY : perDecade * Math.log10(value))
  const levels = map.values.map((row) => row.map(level))
  const sorted = levels
    .flat()
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
  const top = sorted.at(-1) ?? 0
  const floor = Math.max(top - DEEPEST_DB, sorted[sorted.length >> 1] ?? top - DEEPEST_DB)
  const cells = levels.map((row) => row.map((value) => Math.max(0, (value - floor) / (top - floor || 1))))
  const end = map.step * Math.max(0, (map.values[0]?.length ?? 1) - 1)
  const right = map.axis === 'Hz' ? `${Number(end.toPrecision(4))} Hz` : `order ${end.toFixed(1)}`
  const speeds = map.shaftSpeedRpm
  const speed =
    map.speed === null
      ? []
      : [
          `speed    ${map.speed.minRpm.toFixed(0)} to ${map.speed.maxRpm.toFixed(0)} rpm, mean ${map.speed.meanRpm.toFixed(1)}, by ${SPEED_SOURCE[map.speed.source]}`,
        ]
  return [
    recordLine(map),
    '',
    `${map.kind}: ${speeds === null ? 'time' : 'speed (rpm) as it passes'} downwards, ${map.axis === 'Hz' ? 'frequency' : 'order'} to the right; blank is ${(top - floor).toFixed(0)} dB below the strongest`,
    ...heatMap(cells, { left: (row) => leftOf(map, row), right }, style),
    '',
    ...speed,
    ...map.warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}

function leftOf({ timeS, shaftSpeedRpm }: SpectrumMap, row: number): string {
  return shaftSpeedRpm === null ? `${(timeS[row] ?? 0).toFixed(2)} s` : (shaftSpeedRpm[row] ?? 0).toFixed(0)
}
