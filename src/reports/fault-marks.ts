import type { BearingDiagnosis } from '../analysis/bearing/diagnosis.js'
import { CHART, PLOT } from './chart-frame.js'
import { coordinate, markupSafe } from './svg-text.js'

const HARMONICS = [1, 2, 3]
/** Pixels, generous. */
const LETTER = 7

interface Mark {
  readonly hz: number
  readonly label: string
  /** Classes of its drawing: the fault, and `called` where that is the verdict. */
  readonly fault: string
}

/** Where the lines of the four faults are expected, harmonics included, at the speed found in the record. */
export function faultMarks(bearing: BearingDiagnosis | null, statedRpm: number | null): Mark[] {
  const frequencies = bearing?.frequenciesHz
  if (!bearing || !frequencies) return []
  const stretch = bearing.estimatedSpeedRpm !== null && statedRpm !== null ? bearing.estimatedSpeedRpm / statedRpm : 1
  const slip = (fault: string) => 1 + (bearing.ranking.find((score) => score.fault === fault)?.slip ?? 0)
  const rows = [
    ['outer-race', 'BPFO', frequencies.bpfo],
    ['inner-race', 'BPFI', frequencies.bpfi],
    ['ball', '2·BSF', 2 * frequencies.bsf],
    ['cage', 'FTF', frequencies.ftf],
  ] as const
  return rows.flatMap(([fault, name, hz]) =>
    HARMONICS.map((harmonic) => ({
      hz: harmonic * hz * stretch * slip(fault),
      label: harmonic === 1 ? name : `${harmonic}×`,
      fault: fault === bearing.verdict ? `${fault} called` : fault,
    })),
  )
}

/** Dashed lines with names at the top; names that would cover each other step down; what finds no room has no name. */

export function drawnMarks(marks: readonly Mark[], atX: (hz: number) => number, highHz: number): string {
  /** Where the last label of each row ends. */
  const taken = [0, 0, 0, 0]
  const shown = marks.filter(({ hz }) => hz <= highHz).sort((a, b) => a.hz - b.hz)
  const labels = shown.map(({ hz, label, fault }) => {
    const x = atX(hz)
    const row = taken.findIndex((end) => end <= x)
    if (row < 0) return ''
    taken[row] = x + LETTER * label.length + 6
    return `<g class="mark ${fault}"><text x="${coordinate(x + 3)}" y="${CHART.top + 11 + row * 12}">${markupSafe(label)}</text></g>`
  })
  const lines = shown.map(
    ({ hz, fault }) => `<g class="mark ${fault}"><path d="M${coordinate(atX(hz))} ${CHART.top}V${CHART.top + PLOT.height}"/></g>`,
  )
  // Names over all lines: their white border keeps them legible.
  return [...lines, ...labels].join('')
}
