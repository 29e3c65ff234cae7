import type { KurtogramAnswer } from '../analysis/vibration/kurtogram-answer.js'
import { kurtogramMap, type MapStyle } from './kurtogram-map.js'
import { terminalSafe } from './terminal-safe.js'

/** The map of a kurtogram and its strongest band. */
export function formatKurtogram(answer: KurtogramAnswer, style: MapStyle): string {
  const { max } = answer
  return [
    `${terminalSafe(answer.file)}  ${terminalSafe(answer.channel)}  ${answer.durationS.toFixed(2)} s at ${answer.sampleRateHz} Hz`,
    '',
    kurtogramMap(answer, style),
    '',
    `most impulsive  ${max.centreHz.toPrecision(5)} Hz, ${max.widthHz.toPrecision(4)} Hz wide (level ${max.level.toFixed(1)}); kurtosis ${max.kurtosis.toPrecision(4)} above Gaussian`,
    ...answer.warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}
