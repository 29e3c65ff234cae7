import type { MachineRecord } from '../rotating/machine-record.js'
import type { VibrationInput, VibrationStretch } from './assessment.js'

/** A stretch of a channel as the rules about machines take it. */
export function machineRecord(input: VibrationInput, stretch: VibrationStretch = input): MachineRecord {
  const { sampleRateHz, unit, direction, speedRangeRpm, machine } = input
  const { samples, tacho, otherChannels, shaftSpeedRpm = input.shaftSpeedRpm } = stretch
  return {
    samples,
    tacho: tacho ?? null,
    otherChannels: otherChannels ?? [],
    sampleRateHz,
    unit,
    direction: direction ?? null,
    shaftSpeedRpm,
    speedRangeRpm: speedRangeRpm ?? null,
    machine: machine ?? {},
  }
}
