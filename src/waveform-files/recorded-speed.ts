import { Fault } from '../faults/fault.js'
import type { Asset } from '../readings/asset.js'
import type { EpochMicros } from '../readings/time.js'
import { toSi, unitOf } from '../readings/unit.js'
import { readSeries } from '../recordings/read-series.js'

export interface Interval {
  readonly from: EpochMicros
  readonly to: EpochMicros
}

/** The median of what the speed sensor told meanwhile; else the nameplate's, and says so. */
export async function recordedSpeed(
  folder: string,
  asset: Asset | null,
  during: Interval,
): Promise<{ readonly rpm: number | null; readonly notes: readonly string[] }> {
  const rpm = asset?.speedSensor === undefined ? undefined : await measuredSpeedRpm(folder, asset.speedSensor, during)
  if (rpm !== undefined) return { rpm, notes: [] }
  if (asset?.ratedSpeedRpm === undefined) return { rpm: null, notes: [] }
  return { rpm: asset.ratedSpeedRpm, notes: [`the shaft speed is the rated one (${asset.ratedSpeedRpm} rpm); none was measured meanwhile`] }
}

/** The speed at any time of a recording, as recordedSpeed tells it, read once. */
export async function speedCourse(folder: string, asset: Asset | null): Promise<(during: Interval) => number | null> {
  const rated = asset?.ratedSpeedRpm ?? null
  if (asset?.speedSensor === undefined) return () => rated
  const { sensor, time, value } = await readSeries({ folder, sensor: asset.speedSensor }).catch(nothingOfUnknownSensor)
  const unit = unitOf(sensor?.unit ?? '')
  if (sensor === null || unit?.si !== 'Hz') return () => rated
  const between = (from: number, to: number) => value.slice(firstFrom(time, from / 1e6), firstFrom(time, to / 1e6)).sort()
  const marginMicros = sensor.periodMs * 1000
  return ({ from, to }) => {
    const meanwhile = between(from, to)
    const values = meanwhile.length > 0 ? meanwhile : between(from - marginMicros, to + marginMicros)
    const median = values[values.length >> 1]
    return median === undefined ? rated : toSi(median, unit) * 60
  }
}

/** Index of the first time that is not before `at`, in the unit of both. */
function firstFrom(time: Float64Array, at: number): number {
  let [low, high] = [0, time.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((time[middle] ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
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

function nothingOfUnknownSensor(thrown: unknown): { readonly sensor: null; readonly time: Float64Array; readonly value: Float64Array } {
  if (thrown instanceof Fault && thrown.code === 'RECORDING_SENSOR_UNKNOWN')
    return { sensor: null, time: new Float64Array(0), value: new Float64Array(0) }
  throw thrown
}
