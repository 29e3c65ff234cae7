import { orderMap } from '../orders/order-map.js'
import { orderSpectrum } from '../orders/order-spectrum.js'
import { type AngularRecord, resampleByAngle } from '../orders/resample-by-angle.js'
import type { VibrationInput } from './assessment.js'
import { followedSpeed } from './followed-speed.js'
import type { PlainSpectrum } from './plain-spectrum.js'
import { MOST_ROWS, type SpectrumMap } from './spectrum-map.js'

/** Rotations of a row of the map: orders a half apart stand clear of each other. */
const ROW_REVOLUTIONS = 12

/** @throws AnalysisFault as followedSpeed, resampleByAngle, orderSpectrum. */
export function spectrumByOrder(input: VibrationInput): PlainSpectrum {
  const { angular, speed, warnings } = byAngle(input)
  const { orderStep, amplitude, window } = orderSpectrum(angular)
  const line = { window, binsPerStep: 1 }
  return { step: orderStep, values: amplitude, unit: `${input.unit ?? 'u'} peak`, axis: 'order', band: null, line, speed, warnings }
}

/** The order spectrum over time. @throws AnalysisFault as spectrumByOrder; `too-few-samples` below twelve rotations. */
export function mapByOrder(input: VibrationInput): SpectrumMap {
  const { angular, speed, warnings } = byAngle(input)
  const turns = angular.samples.length / angular.samplesPerRevolution
  const stepRevolutions = Math.max(ROW_REVOLUTIONS / 4, (turns - ROW_REVOLUTIONS) / (MOST_ROWS - 1))
  const { orderStep, timeS, shaftHz, amplitude } = orderMap(angular, { revolutions: ROW_REVOLUTIONS, stepRevolutions })
  return {
    schema: 'chatterfix/spectrum-map/1',
    file: input.file,
    channel: input.channel,
    kind: 'order-map',
    sampleRateHz: input.sampleRateHz,
    durationS: input.samples.length / input.sampleRateHz,
    unit: `${input.unit ?? 'u'} peak`,
    axis: 'order',
    step: orderStep,
    timeS: Array.from(timeS),
    shaftSpeedRpm: Array.from(shaftHz, (hz) => 60 * hz),
    speed,
    values: amplitude.map((row) => Array.from(row)),
    warnings: [...(input.notes ?? []), ...warnings],
  }
}

function byAngle(
  input: VibrationInput,
): Pick<ReturnType<typeof followedSpeed>, 'speed' | 'warnings'> & { readonly angular: AngularRecord } {
  const { phase, speed, warnings } = followedSpeed(input)
  return { angular: resampleByAngle(input.samples, { sampleRateHz: input.sampleRateHz, phase }), speed, warnings }
}
