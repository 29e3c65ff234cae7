import { sensorTrend } from '../analysis/trend/sensor-trend.js'
import { assessVibration } from '../analysis/vibration/assess.js'
import type { VibrationAssessment } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import { shellWord } from '../output/shell-word.js'
import { counted } from '../readings/counted.js'
import { openRecording } from '../recordings/open-recording.js'
import { readSeries } from '../recordings/read-series.js'
import { listWaveformSensors } from '../recordings/read-waveforms.js'
import { vibrationFromRecording } from '../waveform-files/vibration-from-recording.js'
import type { Stage } from './stage.js'

export interface Diagnosis {
  readonly verdicts: readonly { readonly sensor: string; readonly verdict: string }[]
  readonly trend: { readonly sensor: string; readonly text: string }
}

/** What the recording says of the machines: every waveform sensor and the trend of one temperature. */
export async function diagnose(folder: string, { stage }: { readonly stage: Stage }): Promise<Diagnosis> {
  const sensors = await listWaveformSensors(folder)
  stage.step(
    'Analyse: what are the machines suffering from?',
    sensors.map((sensor) => `chatterfix analyze vibration ${shellWord(folder)} --sensor ${shellWord(sensor)}`),
  )
  if (sensors.length === 0)
    throw new Fault('DEMO_FAILED', { message: 'no waveform was recorded', advice: { command: `chatterfix recordings show ${folder}` } })
  const verdicts: { sensor: string; verdict: string }[] = []
  for (const sensor of sensors) {
    const assessment = assessVibration(await vibrationFromRecording(folder, sensor))
    const verdict = sentenceOf(assessment)
    stage.result(`${sensor}: ${verdict}`)
    for (const { code, evidence } of assessment.findings) stage.result(`  ${code}: ${evidence}`)
    verdicts.push({ sensor, verdict })
  }
  return { verdicts, trend: await temperatureTrend(folder, stage) }
}

function sentenceOf({ overall, severity, bearing }: VibrationAssessment): string {
  const velocity = overall.velocityRmsMmPerS === null ? 'velocity unknown' : `${overall.velocityRmsMmPerS.toPrecision(3)} mm/s RMS`
  const zone = severity === null ? 'no ISO zone' : `ISO 20816-3 zone ${severity.zone}`
  return `bearing ${bearing?.verdict ?? 'not judged: no nameplate'}; ${velocity}, ${zone}`
}

async function temperatureTrend(folder: string, stage: Stage): Promise<Diagnosis['trend']> {
  const { manifest } = await openRecording(folder)
  const sensor = manifest.sensors.find(({ kind }) => kind === 'temperature')
  if (!sensor)
    throw new Fault('DEMO_FAILED', { message: 'no temperature was recorded', advice: { command: `chatterfix recordings show ${folder}` } })
  const { time, value } = await readSeries({ folder, sensor: sensor.key })
  const { direction, slope, interval, slopeUnit, confidence } = sensorTrend({ sensor: sensor.key, unit: sensor.unit, timeS: time, value })
  const [low, high] = interval.map((bound) => bound.toPrecision(3))
  const bounds = `${confidence * 100} % between ${low} and ${high} ${slopeUnit}, from ${counted(value.length, 'reading')}`
  const text = direction === 'none' ? `cannot tell a trend (${bounds})` : `${direction}, ${slope.toPrecision(3)} ${slopeUnit} (${bounds})`
  stage.result(`${sensor.key}: ${text}`)
  return { sensor: sensor.key, text }
}
