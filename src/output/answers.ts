import type { Answer } from '../acquisition/read-once.js'
import { qualityOf } from '../readings/quality.js'
import { formatMicros } from '../readings/time.js'
import { numberText } from './number-text.js'
import { formatTable } from './table.js'
import { toldValue } from './told-value.js'

/** `read --json`. */
export function answersDocument(answers: readonly Answer[]) {
  return {
    schema: 'chatterfix/readings/1',
    readings: answers.map(({ sensor, measuredAt, receivedAt, value, text, quality, waveform, fault }) => ({
      sensor: sensor.key,
      address: sensor.address,
      value: toldValue({ value, text, quality }),
      unit: sensor.unit,
      quality: { ...qualityOf(quality), ...(fault ? { because: fault.message } : {}) },
      measuredAt: formatMicros(measuredAt),
      receivedAt: formatMicros(receivedAt),
      ...(waveform ? { waveform: { sampleRateHz: waveform.sampleRateHz, samples: [...waveform.samples] } } : {}),
    })),
  }
}

/** `read` for people. */
export function formatAnswers(answers: readonly Answer[]): string {
  return formatTable(
    ['SENSOR', 'VALUE', 'UNIT', 'QUALITY', 'MEASURED'],
    answers.map(({ sensor, measuredAt, value, text, quality, waveform, fault }) => {
      const { level, reason } = qualityOf(quality)
      const shown = waveform
        ? `${waveform.samples.length} samples at ${waveform.sampleRateHz} Hz`
        : value === null
          ? '—'
          : (text ?? numberText(value))
      return [sensor.key, shown, sensor.unit ?? '', reason ?? level, fault ? fault.message : formatMicros(measuredAt)]
    }),
  )
}
