import { theilSenTrend } from '../analysis/trend/theil-sen.js'
import { assessVibration } from '../analysis/vibration/assess.js'
import type { VibrationAssessment } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import { numberText } from '../output/number-text.js'
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
  stage.step('Analyse: what are the machines suffering from?', `chatterfix analyze vibration ${folder} --sensor ${sensors[0] ?? 'SENSOR'}`)
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
  const { slopePerS, intervalPerS, confidence } = theilSenTrend({ timeS: time, value })
  const perHour = (slope: number): string => numberText(Number((slope * 3600).toPrecision(3)))
  const [low, high] = intervalPerS
  const interval = `${confidence * 100} % interval ${perHour(low)} … ${perHour(high)} ${sensor.unit ?? ''}/h, from ${value.length} readings`
  const text = low < 0 && high > 0 ? `cannot tell a trend: ${interval}` : `${perHour(slopePerS)} ${sensor.unit ?? ''}/h; ${interval}`
  stage.result(`${sensor.key}: ${text}`)
  return { sensor: sensor.key, text }
}
