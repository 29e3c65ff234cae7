import type { BearingDiagnosis } from '../analysis/bearing/diagnosis.js'
import { CHART, PLOT } from './chart-frame.js'
import { coordinate, markupSafe } from './svg-text.js'

const HARMONICS = [1, 2, 3]

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

/** Dashed lines with names at the top; names that would cover each other step down. */
export function drawnMarks(marks: readonly Mark[], atX: (hz: number) => number, highHz: number): string {
  const taken: number[][] = [[], [], [], []]
  return marks
    .filter(({ hz }) => hz <= highHz)
    .sort((a, b) => a.hz - b.hz)
    .map(({ hz, label, fault }) => {
      const x = atX(hz)
      const row = Math.max(
        0,
        taken.findIndex((places) => places.every((place) => Math.abs(place - x) > 42)),
      )
      taken[row]?.push(x)
      const y = CHART.top + 11 + row * 12
      return `<g class="mark ${fault}"><path d="M${coordinate(x)} ${CHART.top}V${CHART.top + PLOT.height}"/><text x="${coordinate(x + 3)}" y="${y}">${markupSafe(label)}</text></g>`
    })
    .join('')
}
