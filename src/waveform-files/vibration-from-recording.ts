import { basename, resolve } from 'node:path'
import type { MachineDescription } from '../analysis/rotating/machine-description.js'
import type { VibrationInput } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import type { Asset } from '../readings/asset.js'
import type { EpochMicros } from '../readings/time.js'
import { toSi, unitOf } from '../readings/unit.js'
import { findLongestWaveform } from '../recordings/longest-waveform.js'
import { readSeries } from '../recordings/read-series.js'
import { listWaveformSensors, readWaveforms } from '../recordings/read-waveforms.js'

/** A verdict needs seconds; the speed changes over minutes. */
const LONGEST_S = 60

type Interval = { readonly from: EpochMicros; readonly to: EpochMicros }

/** The longest unbroken waveform of a sensor (its last minute), with its asset's nameplate. @throws Fault WAVEFORMS_ABSENT, WAVEFORM_CHANNEL_UNKNOWN, RECORDING_…. */
export async function vibrationFromRecording(folder: string, sensorKey: string | undefined): Promise<VibrationInput> {
  const key = sensorKey ?? (await onlySensor(folder))
  const { sensor, asset, longest, stretches } = await findLongestWaveform({ folder, sensor: key, tailS: LONGEST_S })
  if (longest === null) throw absent(folder, `${key} has no waveforms`)
  const { firstRowAt, lastRowAt } = longest.tail
  const tail = (await readWaveforms({ folder, sensor: key, from: firstRowAt, to: lastRowAt + 1 })).stretches.at(-1)
  if (tail === undefined) throw absent(folder, `${key} has no waveforms`)
  const { sampleRateHz } = tail
  const samples = tail.samples.subarray(Math.max(0, tail.samples.length - Math.round(LONGEST_S * sampleRateHz)))
  const speed = await shaftSpeed(folder, asset, { from: longest.endedAt - (samples.length / sampleRateHz) * 1e6, to: longest.endedAt })
  return {
    file: basename(resolve(folder)),
    channel: key,
    samples,
    sampleRateHz,
    unit: sensor.unit,
    shaftSpeedRpm: speed.rpm,
    bearing: asset?.bearing ?? null,
    machine: asset === null ? null : machineOf(asset),
    notes: [
      ...speed.notes,
      ...(stretches > 1 ? [`the waveform has ${stretches - 1} holes; the longest unbroken stretch was looked at`] : []),
      ...(samples.length < longest.length
        ? [`only the last ${LONGEST_S} s of ${(longest.length / sampleRateHz).toFixed(0)} s were looked at`]
        : []),
    ],
  }
}

function machineOf({ ratedPowerKw, support }: Asset): MachineDescription {
  return { ...(ratedPowerKw === undefined ? {} : { ratedPowerKw }), ...(support === undefined ? {} : { support }) }
}

async function onlySensor(folder: string): Promise<string> {
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

/** The median of what the speed sensor told meanwhile; else the nameplate's, and says so. */
async function shaftSpeed(
  folder: string,
  asset: Asset | null,
  during: Interval,
): Promise<{ readonly rpm: number | null; readonly notes: readonly string[] }> {
  const rpm = asset?.speedSensor === undefined ? undefined : await measuredSpeedRpm(folder, asset.speedSensor, during)
  if (rpm !== undefined) return { rpm, notes: [] }
  if (asset?.ratedSpeedRpm === undefined) return { rpm: null, notes: [] }
  return { rpm: asset.ratedSpeedRpm, notes: [`the shaft speed is the rated one (${asset.ratedSpeedRpm} rpm); none was measured meanwhile`] }
}

async function measuredSpeedRpm(folder: string, speedSensor: string, during: Interval): Promise<number | undefined> {
  const read = (interval: Interval) => readSeries({ folder, sensor: speedSensor, ...interval }).catch(nothingOfUnknownSensor)
  const { sensor, value } = await read(during)
  const unit = unitOf(sensor?.unit ?? '')
  if (sensor === null || unit?.si !== 'Hz') return undefined
  // A short waveform may lie between two values; one holds for its period.
  const marginMicros = sensor.periodMs * 1000
  const values = value.length > 0 ? value : (await read({ from: during.from - marginMicros, to: during.to + marginMicros })).value
  const median = values.slice().sort()[values.length >> 1]
  return median === undefined ? undefined : toSi(median, unit) * 60
}

function nothingOfUnknownSensor(thrown: unknown): { readonly sensor: null; readonly value: Float64Array } {
  if (thrown instanceof Fault && thrown.code === 'RECORDING_SENSOR_UNKNOWN') return { sensor: null, value: new Float64Array(0) }
  throw thrown
}

function absent(folder: string, because: string): Fault {
  return new Fault('WAVEFORMS_ABSENT', {
    message: `${folder} holds no waveforms to analyse`,
    because,
    where: { folder },
    advice: { folder },
  })
}
