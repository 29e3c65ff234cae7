import type { BearingFrequencies } from '../vibration/bearing-frequencies.js'

/** Shorter records do not separate a bearing's lines from the shaft's [SmithRandall2015 use 10 s]. */
const LEAST_ROTATIONS = 20
/** Impacts ring at many times their rate; below this there is no envelope to look at. */
const LEAST_NYQUIST_OVER_BPFI = 8

/** Why a record cannot say anything about this bearing, in words; null where it can. */
export function whyUnanswerable(
  record: { readonly count: number; readonly sampleRateHz: number; readonly rms: number },
  frequencies: BearingFrequencies,
  shaftHz: number,
): string | null {
  const durationS = record.count / record.sampleRateHz
  if (!(record.rms > 0)) return 'the signal is constant'
  if (durationS * shaftHz < LEAST_ROTATIONS) {
    return `the record is too short: ${durationS.toPrecision(3)} s hold ${(durationS * shaftHz).toFixed(1)} rotations, at least ${LEAST_ROTATIONS} are needed`
  }
  const highest = Math.max(frequencies.bpfi, 2 * frequencies.bsf)
  if (record.sampleRateHz / 2 < LEAST_NYQUIST_OVER_BPFI * highest) {
    const neededHz = Math.ceil(2 * LEAST_NYQUIST_OVER_BPFI * highest)
    return `the rate is too low: ${record.sampleRateHz} Hz for fault lines at ${highest.toFixed(0)} Hz, at least ${neededHz} Hz are needed`
  }
  return null
}
