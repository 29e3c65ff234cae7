import type { TransferAnswer } from '../analysis/vibration/transfer-answer.js'
import { spectrumPlot } from './spectrum-plot.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

/** Coherence or transfer function of two channels as braille dots, and its highest lines as a table. */
export function formatTransfer(answer: TransferAnswer, columns: number): string {
  const { kind, coherence, magnitude, stepHz, peaks, unit, coherenceByChance } = answer
  const isCoherence = kind === 'coherence'
  const values = isCoherence ? Float64Array.from(coherence) : Float64Array.from(magnitude, (value) => 20 * Math.log10(value || 1e-30))
  return [
    `${terminalSafe(answer.file)}  from ${terminalSafe(answer.input)} to ${terminalSafe(answer.output)}  ${answer.durationS.toFixed(2)} s at ${answer.sampleRateHz} Hz, ${answer.segments} segments`,
    '',
    spectrumPlot(
      { stepHz, levelDb: values },
      {
        title: isCoherence ? 'coherence over Hz' : 'transfer function (H1) over Hz',
        columns: Math.max(40, columns - 6),
        rows: 10,
        ...(isCoherence ? { height: { from: 0, to: 1, text: `height 1; by chance up to ${coherenceByChance.toFixed(2)}` } } : {}),
      },
    ),
    '',
    peaks.length === 0
      ? `nowhere is the coherence more than chance shows (${coherenceByChance.toFixed(2)})`
      : formatTable(
          ['HZ', `MAGNITUDE${unit === null ? '' : `, ${terminalSafe(unit)}`}`, 'PHASE, °', 'COHERENCE'],
          peaks.map((peak) => [
            peak.frequencyHz.toFixed(2),
            peak.magnitude.toPrecision(4),
            peak.phaseDeg.toFixed(0),
            peak.coherence.toFixed(3),
          ]),
        ),
    ...answer.warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}
