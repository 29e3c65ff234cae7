import { isRecording } from '../batch-analysis/is-recording.js'
import type { VibrationOptions } from '../waveform-files/read-vibration.js'

/** Whether a target is a recording with the waveforms of several sensors, of which none was named. DuckDB is loaded only where it is a recording. */
export async function holdsSeveralSensors(target: string, { sensor, tacho }: VibrationOptions): Promise<boolean> {
  if (sensor !== undefined || !(await isRecording(target))) return false
  const { listWaveformSensors } = await import('../recordings/read-waveforms.js')
  return (await listWaveformSensors(target)).filter((key) => key !== tacho?.channel).length > 1
}
