import { AnalysisFault } from '../analysis-fault.js'
import { MAINS_HZ } from '../mains.js'
import { phaseOfPulses } from '../orders/phase-of-pulses.js'
import { type ShaftPhase, speedSpan, steadyPhase } from '../orders/shaft-phase.js'
import { tachoPulses } from '../orders/tacho-pulses.js'
import { trackShaftSpeed } from '../orders/track-shaft-speed.js'
import type { MachineSpeed } from './machine-fault.js'
import type { MachineRecord } from './machine-record.js'
import { steadySpeed } from './steady-speed.js'

/** How far the shaft has turned, and how that is known. */
export interface ResolvedSpeed {
  readonly phase: ShaftPhase
  readonly shaftHz: number
  readonly speed: MachineSpeed
}

/** A nameplate is rounded, slip changes with load: the speed is looked for this far around the stated one, half or double are left out. */
const AROUND_STATED = 0.1

/** The speed by tacho, else as it can be followed near the stated one, else as all of the record shows it, else as stated; null where none is known. */
export function resolveSpeed(record: MachineRecord): { readonly found: ResolvedSpeed | null; readonly warnings: readonly string[] } {
  if (record.phase) return { found: resolved(record.phase, 'tacho', 1), warnings: [] }
  const byTacho = record.tacho ? phaseByTacho(record.tacho) : null
  if (byTacho?.phase) return { found: resolved(byTacho.phase, 'tacho', 1), warnings: byTacho.warnings }
  const warnings = byTacho?.warnings ?? []
  const statedHz = record.shaftSpeedRpm !== null && record.shaftSpeedRpm > 0 ? record.shaftSpeedRpm / 60 : null
  const searchHz = searchedSpeeds(record, statedHz)
  if (searchHz === null) return { found: null, warnings }
  const mainsHz = record.machine.lineFrequencyHz === undefined ? MAINS_HZ : [record.machine.lineFrequencyHz]
  const tracked = trackShaftSpeed(record.samples, { sampleRateHz: record.sampleRateHz, searchHz, mainsHz })
  if (tracked.kind === 'tracked') return { found: resolved(tracked.phase, 'signal', tracked.confidence), warnings }
  const steady = steadySpeed(record.samples, { sampleRateHz: record.sampleRateHz, searchHz, machine: record.machine, mainsHz })
  if (steady) {
    const found = resolved(steady.phase, 'signal', steady.confidence)
    return {
      found,
      warnings: steady.isFollowed
        ? warnings
        : [
            ...warnings,
            `the shaft's lines are too weak to be followed; its speed is taken as steady at ${found.speed.meanRpm.toFixed(1)} rpm`,
          ],
    }
  }
  if (statedHz === null)
    return { found: null, warnings: [...warnings, `the record does not show a speed within the range: ${tracked.why}`] }
  return {
    found: resolved(steadyPhase(statedHz, record.samples.length / record.sampleRateHz), 'stated', 0),
    warnings: [
      ...warnings,
      `the shaft cannot be followed through the record (${tracked.why}); findings other than the bearing's take the stated speed, within 1 %`,
    ],
  }
}

function searchedSpeeds({ speedRangeRpm }: MachineRecord, statedHz: number | null) {
  if (speedRangeRpm) return { lowHz: speedRangeRpm.low / 60, highHz: speedRangeRpm.high / 60 }
  return statedHz === null ? null : { lowHz: statedHz * (1 - AROUND_STATED), highHz: statedHz * (1 + AROUND_STATED) }
}

/** The course of the phase by a tacho; null, and a warning that says why, where its pulses cannot be relied on. */
export function phaseByTacho(tacho: NonNullable<MachineRecord['tacho']>): {
  readonly phase: ShaftPhase | null
  readonly warnings: readonly string[]
} {
  try {
    const { phase, missing, extra } = phaseOfPulses(tachoPulses(tacho), tacho.pulsesPerRevolution)
    return {
      phase,
      warnings: missing + extra === 0 ? [] : [`of the tacho's pulses ${missing} were missing and ${extra} too many; both are repaired`],
    }
  } catch (thrown) {
    if (thrown instanceof AnalysisFault) return { phase: null, warnings: [`the tacho is not used: ${thrown.message}`] }
    throw thrown
  }
}

function resolved(phase: ShaftPhase, source: MachineSpeed['source'], confidence: number): ResolvedSpeed {
  const { meanHz, minHz, maxHz } = speedSpan(phase)
  return { phase, shaftHz: meanHz, speed: { meanRpm: 60 * meanHz, minRpm: 60 * minHz, maxRpm: 60 * maxHz, source, confidence } }
}
