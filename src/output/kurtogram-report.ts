import type { KurtogramAnswer } from '../analysis/vibration/kurtogram-answer.js'
import type { HeatMapStyle } from './heat-map.js'
import { kurtogramMap } from './kurtogram-map.js'
import { recordLine } from './record-line.js'
import { terminalSafe } from './terminal-safe.js'

/** The map of a kurtogram and its strongest band. */
export function formatKurtogram(answer: KurtogramAnswer, style: Pick<HeatMapStyle, 'columns' | 'shades'>): string {
  const { max } = answer
  return [
    recordLine(answer),
    '',
    kurtogramMap(answer, style),
    '',
    `most impulsive  ${max.centreHz.toPrecision(5)} Hz, ${max.widthHz.toPrecision(4)} Hz wide (level ${max.level.toFixed(1)}); kurtosis ${max.kurtosis.toPrecision(4)} above Gaussian`,
    `looked at       ${answer.bands}`,
    ...answer.warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}
