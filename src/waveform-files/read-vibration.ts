import { stat } from 'node:fs/promises'
import type { MachineDescription } from '../analysis/rotating/machine-description.js'
import type { VibrationInput, VibrationStretch } from '../analysis/vibration/assessment.js'
import type { Support } from '../analysis/vibration/iso-20816-3.js'
import { tachoSpeedRpm } from '../analysis/vibration/tacho-speed.js'
import { Fault } from '../faults/fault.js'
import type { Asset } from '../readings/asset.js'
import { whyNoSpeed } from '../readings/plausible-speed.js'
import { unitOf } from '../readings/unit.js'
import { catalogueNote, parseBearing } from './bearing-text.js'
import type { ContextSaid } from './channel-context.js'
import { nameplateFor, withNameplate } from './nameplate.js'
import type { Amount } from './take-stretches.js'
import { vibrationFromFile, vibrationsFromFile } from './vibration-from-file.js'

/** What the command line says; it wins over file and nameplate. */
export interface VibrationOptions extends ContextSaid {
  readonly sensor: string | undefined
  readonly speedRpm: number | undefined
  /** As parseBearing takes it. */
  readonly bearing: string | undefined
  readonly unit: string | undefined
  /** Samples a second, for files that do not say. */
  readonly sampleRateHz?: number | undefined
  /** The column of a table that holds the times, where its heading does not tell. */
  readonly timeColumn?: string | undefined
  readonly powerKw: number | undefined
  readonly support: Support | undefined
  /** What else is known of the machine; it wins over the nameplate. */
  readonly machine?: MachineDescription | undefined
  /** rpm; the whole course of the speed lies between these. */
  readonly speedRangeRpm?: { readonly low: number; readonly high: number } | undefined
  /** Of a site file; wins over what a recording knows. */
  readonly assets?: readonly Asset[] | undefined
  /** Which of these the waveform belongs to, where it does not say itself. */
  readonly asset?: string | undefined
  /** Of long records; evenly spread stretches unless said. */
  readonly amount?: Amount | undefined
}

/** A file or a recording as input of assessVibration. @throws Fault of the file, the recording, or the options. */
export async function readVibration(target: string, options: VibrationOptions): Promise<VibrationInput> {
  const stated = statedBy(options)
  const isFolder = (await stat(target)).isDirectory()
  return stated(isFolder ? await fromRecording(target, options.sensor, options) : await vibrationFromFile(target, options.sensor, options))
}

/** Every channel of a file or recording, one after the other; only the named one where `sensor` says so. @throws Fault as readVibration. */
export async function* readVibrations(target: string, options: VibrationOptions): AsyncGenerator<VibrationInput> {
  const stated = statedBy(options)
  const isFolder = (await stat(target)).isDirectory()
  if (options.sensor !== undefined) yield await readVibration(target, options)
  else if (!isFolder) for await (const input of vibrationsFromFile(target, options)) yield stated(input)
  else {
    const { listWaveformSensors } = await import('../recordings/read-waveforms.js')
    const sensors = await listWaveformSensors(target)
    const vibrating = sensors.filter((sensor) => sensor !== options.tacho?.channel)
    for (const sensor of vibrating.length === 0 ? [undefined] : vibrating) yield stated(await fromRecording(target, sensor, options))
  }
}

/** What was stated, put over what a file or recording says. @throws Fault BEARING_GEOMETRY_INVALID, USAGE. */
function statedBy(options: VibrationOptions): (input: VibrationInput) => VibrationInput {
  const bearing = options.bearing === undefined ? undefined : parseBearing(options.bearing)
  if (options.unit !== undefined && !unitOf(options.unit)) {
    throw new Fault('USAGE', {
      message: `--unit ${options.unit} is not known`,
      because: 'g, m/s², mm/s and others of the unit table are',
      advice: { help: '--unit g' },
    })
  }
  const machine: MachineDescription = {
    ...options.machine,
    ...(options.powerKw === undefined ? {} : { ratedPowerKw: options.powerKw }),
    ...(options.support === undefined ? {} : { support: options.support }),
  }
  return (read) => {
    const input = withNameplate(withPlausibleSpeed(read), nameplateFor(read, options))
    const toldRpm = ({ tacho }: VibrationStretch) => options.speedRpm ?? (tacho ? tachoSpeedRpm(tacho) : null)
    const withSpeed = (stretch: VibrationStretch): VibrationStretch => {
      const rpm = toldRpm(stretch)
      return rpm === null ? stretch : { ...stretch, shaftSpeedRpm: rpm }
    }
    const rpm = toldRpm(input)
    const turning = bearing ?? input.bearing
    const notes = (input.notes ?? []).filter((note) => rpm === null || !note.startsWith('the shaft speed is the rated one'))
    return {
      ...input,
      ...(input.whole === undefined ? {} : { whole: { ...input.whole, others: input.whole.others.map(withSpeed) } }),
      unit: options.unit ?? input.unit,
      shaftSpeedRpm: rpm ?? input.shaftSpeedRpm,
      speedRangeRpm: options.speedRangeRpm ?? null,
      bearing: turning,
      machine: { ...input.machine, ...machine },
      notes: [...notes, ...catalogueNote(turning)],
    }
  }
}

/** A file may hold anything under the name of a speed. */
function withPlausibleSpeed(read: VibrationInput): VibrationInput {
  const { shaftSpeedRpm: rpm, notes = [] } = read
  const why = rpm === null ? null : whyNoSpeed(rpm)
  if (why === null) return read
  return { ...read, shaftSpeedRpm: null, notes: [...notes, `the file says a shaft speed of ${rpm} rpm, which is left out: ${why}`] }
}

/** DuckDB is loaded only where there is a recording. */
async function fromRecording(folder: string, sensor: string | undefined, options: VibrationOptions): Promise<VibrationInput> {
  const { vibrationFromRecording } = await import('./vibration-from-recording.js')
  return await vibrationFromRecording(folder, sensor, options)
}
