import { basename, resolve } from 'node:path'
import type { VibrationInput } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import type { Asset } from '../readings/asset.js'
import { toSi, unitOf } from '../readings/unit.js'
import type { WaveformStretch } from '../recordings/join-blocks.js'
import { readSeries } from '../recordings/read-series.js'
import { listWaveformSensors, readWaveforms } from '../recordings/read-waveforms.js'

/** A verdict needs seconds; the speed changes over minutes. */
const LONGEST_S = 60

/** The longest unbroken waveform of a sensor (its last minute), with its asset's nameplate. @throws Fault WAVEFORMS_ABSENT, WAVEFORM_CHANNEL_UNKNOWN, RECORDING_…. */
export async function vibrationFromRecording(folder: string, sensorKey: string | undefined): Promise<VibrationInput> {
  const key = sensorKey ?? (await onlySensor(folder))
  const { sensor, asset, stretches } = await readWaveforms({ folder, sensor: key })
  const durationS = (stretch: WaveformStretch) => stretch.samples.length / stretch.sampleRateHz
  const [longest] = [...stretches].sort((a, b) => durationS(b) - durationS(a))
  if (!longest) throw absent(folder, `${key} has no waveforms`)
  const samples = longest.samples.subarray(Math.max(0, longest.samples.length - Math.round(LONGEST_S * longest.sampleRateHz)))
  const speed = await shaftSpeed(folder, asset)
  return {
    file: basename(resolve(folder)),
    channel: key,
    samples,
    sampleRateHz: longest.sampleRateHz,
    unit: sensor.unit,
    shaftSpeedRpm: speed.rpm,
    bearing: asset?.bearing ?? null,
    machine: asset ? { ratedPowerKw: asset.ratedPowerKw ?? null, support: asset.support ?? null } : null,
    notes: [
      ...speed.notes,
      ...(stretches.length > 1 ? [`the waveform has ${stretches.length - 1} holes; the longest unbroken stretch was looked at`] : []),
    ],
  }
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
): Promise<{ readonly rpm: number | null; readonly notes: readonly string[] }> {
  if (asset?.speedSensor !== undefined) {
    const { sensor, value } = await readSeries({ folder, sensor: asset.speedSensor }).catch(nothingOfUnknownSensor)
    const unit = unitOf(sensor?.unit ?? '')
    const median = value.slice().sort()[value.length >> 1]
    if (median !== undefined && unit?.si === 'Hz') return { rpm: toSi(median, unit) * 60, notes: [] }
  }
  if (asset?.ratedSpeedRpm === undefined) return { rpm: null, notes: [] }
  return { rpm: asset.ratedSpeedRpm, notes: [`the shaft speed is the rated one (${asset.ratedSpeedRpm} rpm); none was measured`] }
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
