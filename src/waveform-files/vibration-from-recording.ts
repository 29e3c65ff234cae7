import { basename, resolve } from 'node:path'
import type { VibrationInput, VibrationStretch } from '../analysis/vibration/assessment.js'
import { RunningWhole, type WholeLevels } from '../analysis/vibration/whole-record.js'
import { Fault } from '../faults/fault.js'
import type { Asset } from '../readings/asset.js'
import type { Sensor } from '../readings/sensor.js'
import type { WaveformStretch } from '../recordings/join-blocks.js'
import { findLongestWaveform, type LongestWaveform } from '../recordings/longest-waveform.js'
import { listWaveformSensors, readWaveforms } from '../recordings/read-waveforms.js'
import type { ContextSaid } from './channel-context.js'
import { contextInRecording } from './context-in-recording.js'
import { machineOfAsset } from './machine-of-asset.js'
import { recordedSpeed } from './recorded-speed.js'
import { type Amount, MOST_AT_ONCE, MOST_OF_ALL, STRETCH_SAMPLES, STRETCHES } from './take-stretches.js'
import { unsetSpeedSensor } from './unset-speed-sensor.js'

type Outline = NonNullable<LongestWaveform['longest']>

/** What somebody says of a recorded waveform; it wins over what the recording says. */
export interface SaidOfRecording extends ContextSaid {
  readonly amount?: Amount | undefined
  readonly unit?: string | undefined
  readonly speedRpm?: number | undefined
  /** Of a site file; its speed sensor wins over the recording's. */
  readonly assets?: readonly Asset[] | undefined
  readonly asset?: string | undefined
}

/**
 * The longest unbroken waveform of a sensor with its asset's nameplate: all of it, or of a long one evenly spread stretches, each with the
 * speed that was measured meanwhile.
 *
 * @throws Fault WAVEFORMS_ABSENT, WAVEFORM_CHANNEL_UNKNOWN, RECORDING_…; as contextInRecording.
 */
export async function vibrationFromRecording(
  folder: string,
  sensorKey: string | undefined,
  said: SaidOfRecording = {},
): Promise<VibrationInput> {
  const key = sensorKey ?? (await onlySensor(folder))
  const { sensor, asset, longest, stretches: pieces } = await findLongestWaveform({ folder, sensor: key, tailS: 1 })
  if (longest === null) throw await withoutWaveforms(folder, key)
  const unit = said.unit ?? sensor.unit
  const turning = turningAsset(sensor, asset, said)
  const { sampleRateHz, length } = longest
  const isWhole = length <= (said.amount === 'all' ? MOST_OF_ALL : MOST_AT_ONCE)
  const taken = isWhole ? [await readBetween(folder, key, wholeOf(longest))] : await spreadStretches(folder, key, longest)
  const notes = new Set<string>()
  const stretches: (VibrationStretch & Pick<VibrationInput, 'reference'> & { readonly shaftSpeedRpm: number | null })[] = []
  for (const { startedAt, samples } of taken) {
    const speed = await recordedSpeed(folder, turning, { from: startedAt, to: startedAt + (samples.length / sampleRateHz) * 1e6 })
    for (const note of speed.notes) notes.add(note)
    const range = { startedAt, count: samples.length, sampleRateHz }
    const context = await contextInRecording(folder, { sensor: key, range, said })
    stretches.push({ samples, shaftSpeedRpm: speed.rpm, ...context })
  }
  const [first, ...others] = stretches
  for (const note of await notesOnStated(folder, { sensor, turning, said })) notes.add(note)
  if (first === undefined) throw absent(folder, `${key} has no waveforms`)
  return {
    file: basename(resolve(folder)),
    channel: key,
    ...first,
    ...(isWhole ? {} : { whole: { levels: levelsOf(taken, unit), durationS: length / sampleRateHz, others } }),
    sampleRateHz,
    unit,
    direction: said.directions?.find(({ channel }) => channel === null || channel === key)?.direction ?? null,
    bearing: asset?.bearing ?? null,
    machine: asset === null ? null : machineOfAsset(asset),
    asset: asset?.key ?? null,
    notes: [...notes, ...notesOnTaken({ taken, longest, pieces, isWhole })],
  }
}

/** The nameplate whose speed sensor counts: a site file's before the recording's. */
function turningAsset(sensor: Sensor, recorded: Asset | null, said: SaidOfRecording): Asset | null {
  return said.assets?.find(({ key }) => key === (said.asset ?? sensor.asset)) ?? recorded
}

/** What was said wins; that the recording says otherwise, or could say more, must not stay unseen. */
async function notesOnStated(
  folder: string,
  { sensor, turning, said }: { readonly sensor: Sensor; readonly turning: Asset | null; readonly said: SaidOfRecording },
): Promise<string[]> {
  const { unit } = said
  const isSpeedOpen = turning?.speedSensor === undefined && said.speedRpm === undefined
  const hint = isSpeedOpen ? await unsetSpeedSensor(folder, sensor) : null
  return [
    ...(hint === null ? [] : [hint]),
    ...(sensor.unit !== null && unit !== undefined && unit !== sensor.unit
      ? [`the recording says ${sensor.unit}; taken as ${unit}, as stated`]
      : []),
  ]
}

function wholeOf({ startedAt, endedAt }: Outline) {
  return { from: startedAt, to: endedAt }
}

/** Stretches as those of files, found by time; where blocks are long, a stretch may be somewhat shorter. */
async function spreadStretches(folder: string, sensor: string, longest: Outline): Promise<WaveformStretch[]> {
  const { startedAt, endedAt, sampleRateHz } = longest
  const micros = (STRETCH_SAMPLES / sampleRateHz) * 1e6
  const found: WaveformStretch[] = []
  for (let k = 0; k < STRETCHES; k++) {
    const from = Math.round(startedAt + (k * (endedAt - startedAt - micros)) / (STRETCHES - 1))
    // Blocks are found by their start: the one before reaches into the time.
    const read = await readBetween(folder, sensor, { from: Math.max(startedAt, from - micros / 2), to: Math.min(endedAt, from + micros) })
    const skip = Math.max(0, Math.min(read.samples.length - STRETCH_SAMPLES, Math.round(((from - read.startedAt) / 1e6) * sampleRateHz)))
    const samples = read.samples.slice(skip, skip + STRETCH_SAMPLES)
    found.push({ ...read, startedAt: read.startedAt + (skip / sampleRateHz) * 1e6, samples })
  }
  return found
}

async function readBetween(
  folder: string,
  sensor: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<WaveformStretch> {
  const { stretches } = await readWaveforms({ folder, sensor, from, to })
  const longest = stretches.reduce<WaveformStretch | null>(
    (best, each) => (best !== null && best.samples.length >= each.samples.length ? best : each),
    null,
  )
  if (longest === null) throw absent(folder, `${sensor} has no waveforms`)
  return longest
}

function levelsOf(stretches: readonly WaveformStretch[], unit: string | null): WholeLevels {
  const running = new RunningWhole({ sampleRateHz: stretches[0]?.sampleRateHz ?? 1, unit })
  for (const { samples } of stretches) {
    running.push(samples)
    running.interrupt()
  }
  return running.result()
}

function notesOnTaken(of: {
  readonly taken: readonly WaveformStretch[]
  readonly longest: Outline
  readonly pieces: number
  readonly isWhole: boolean
}): string[] {
  return [
    ...(of.pieces > 1 ? [`the waveform has ${of.pieces - 1} holes; the longest unbroken stretch was looked at`] : []),
    ...(of.isWhole ? [] : [spreadNote(of.taken, of.longest)]),
  ]
}

function spreadNote(taken: readonly WaveformStretch[], { startedAt, sampleRateHz, length }: Outline): string {
  const seconds = (value: number) => `${Number(value.toPrecision(4))} s`
  const at = taken.map((stretch) => seconds((stretch.startedAt - startedAt) / 1e6)).join(', ')
  const each = seconds((taken[0]?.samples.length ?? 0) / sampleRateHz)
  return `levels, spectra and verdicts rest on ${taken.length} stretches of ${each} at ${at} of ${seconds(length / sampleRateHz)}`
}

/** @throws Fault WAVEFORM_CHANNEL_UNKNOWN, WAVEFORMS_ABSENT. */
export async function onlySensor(folder: string): Promise<string> {
  const sensors = await listWaveformSensors(folder)
  const [only] = sensors
  if (only === undefined) throw absent(folder, 'no sensor sent any')
  if (sensors.length === 1) return only
  throw new Fault('WAVEFORM_CHANNEL_UNKNOWN', {
    message: `${folder} holds the waveforms of ${sensors.length} sensors; say which`,
    because: `it has ${sensors.slice(0, 8).join(', ')}`,
    advice: { target: folder, example: only },
  })
}

/** @returns the fault, which names the sensors that have some. */
async function withoutWaveforms(folder: string, key: string): Promise<Fault> {
  const having = await listWaveformSensors(folder)
  const [one] = having
  if (one === undefined) return absent(folder, `${key} has none, and no other sensor has`)
  return new Fault('WAVEFORMS_ABSENT', {
    message: `${key} has no waveforms in ${folder}`,
    because: `those of ${having.slice(0, 8).join(', ')} are there; of ${key} single values may be`,
    where: { folder, sensor: key },
    advice: { folder },
  })
}

function absent(folder: string, because: string): Fault {
  return new Fault('WAVEFORMS_ABSENT', {
    message: `${folder} holds no waveforms to analyse`,
    because,
    where: { folder },
    advice: { folder },
  })
}
