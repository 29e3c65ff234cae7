import type { BearingFrequencies } from '../vibration/bearing-frequencies.js'

export const BEARING_FAULTS = ['outer-race', 'inner-race', 'ball', 'cage'] as const
export type BearingFault = (typeof BEARING_FAULTS)[number]

/** One line that a defect draws into the envelope spectrum: harmonic·centre + offset. */
export interface PatternLine {
  /** Multiple of the fault's own frequency, from 1. */
  readonly harmonic: number
  /** Multiple of the modulating frequency: shaft (inner race) or cage (ball). */
  readonly sideband: number
  readonly weight: number
}

export interface FaultPattern {
  readonly fault: BearingFault
  /** Kinematic frequency of the repeated impact, Hz. */
  readonly centreHz: number
  /** What modulates the impacts, Hz, and its name; 0 where nothing does. */
  readonly modulationHz: number
  readonly modulatedBy: 'shaft' | 'cage' | null
  readonly lines: readonly PatternLine[]
}

const HARMONICS = 4
/** Beyond the last harmonic, for slip. */
const MARGIN = 0.2
const MOST_CAGE_HARMONICS = 8

/**
 * What each defect should look like in an envelope spectrum:
 * outer race – harmonics of BPFO, as the defect stands in the load; inner race – BPFI with sidebands at the shaft speed, as it turns
 * through the load zone; rolling element – 2·BSF (it strikes both races) with sidebands at FTF, which carries it through the load zone;
 * cage – it strikes once a turn, so FTF and all its harmonics up to where BPFO lies; one or two alone are what a cage does to other defects.
 * A sideband counts half a harmonic: it needs the harmonic to mean anything.
 *
 * @see [Randall2011]
 */
export function faultPattern(fault: BearingFault, frequencies: BearingFrequencies, shaftHz: number): FaultPattern {
  const harmonics = Array.from({ length: HARMONICS }, (_, k): PatternLine => ({ harmonic: k + 1, sideband: 0, weight: 1 }))
  const withSidebands = harmonics.flatMap((line): PatternLine[] => [
    line,
    { harmonic: line.harmonic, sideband: -1, weight: 0.5 },
    { harmonic: line.harmonic, sideband: 1, weight: 0.5 },
  ])
  switch (fault) {
    case 'outer-race':
      return { fault, centreHz: frequencies.bpfo, modulationHz: 0, modulatedBy: null, lines: harmonics }
    case 'inner-race':
      return { fault, centreHz: frequencies.bpfi, modulationHz: shaftHz, modulatedBy: 'shaft', lines: withSidebands }
    case 'ball':
      return { fault, centreHz: 2 * frequencies.bsf, modulationHz: frequencies.ftf, modulatedBy: 'cage', lines: withSidebands }
    case 'cage':
      return { fault, centreHz: frequencies.ftf, modulationHz: 0, modulatedBy: null, lines: cageLines(frequencies) }
  }
}

function cageLines({ bpfo, ftf }: BearingFrequencies): PatternLine[] {
  const rollingElements = Math.round(bpfo / ftf)
  return Array.from({ length: Math.min(MOST_CAGE_HARMONICS, rollingElements - 1) }, (_, k) => ({ harmonic: k + 1, sideband: 0, weight: 1 }))
}

/** Up to where patterns have lines, Hz: the last harmonic of the fastest with its sidebands. */
export function highestLineHz({ bpfi, bsf }: BearingFrequencies, shaftHz: number): number {
  return (HARMONICS + MARGIN) * Math.max(bpfi, 2 * bsf) + 2 * shaftHz
}
