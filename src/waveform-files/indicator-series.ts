import type { FrequencyBand } from '../analysis/bearing/envelope-spectrum.js'
import type { IndicatorSeries } from '../analysis/trend/indicator-trend.js'
import { type Indicator, indicatorOf, indicatorUnit, isBearingLine } from '../analysis/vibration/indicator.js'
import { Fault } from '../faults/fault.js'
import type { BearingGeometry } from '../readings/asset.js'
import { atChannel } from './at-channel.js'
import { catalogueNote, parseBearing } from './bearing-text.js'
import { channelIndex } from './channel-index.js'
import { openWaveformFile } from './open-waveform-file.js'
import { readVibration, type VibrationOptions } from './read-vibration.js'
import { rateMissing } from './vibration-from-file.js'

export interface IndicatorOfWaveforms {
  readonly indicator: Indicator
  /** Of one value, seconds; of a table of features each row is one. */
  readonly windowS: number
  readonly band: FrequencyBand | undefined
  readonly options: VibrationOptions
}

/** One value a file, in the order of their names; a file that gives none is told and left out. @throws Fault of the first file where none gives one. */
export async function indicatorOfFiles(paths: readonly string[], wishes: IndicatorOfWaveforms): Promise<IndicatorSeries> {
  const places: number[] = []
  const values: number[] = []
  const failures: Fault[] = []
  const notes = new Set<string>()
  let unit: string | null = null
  for (const [place, path] of paths.entries()) {
    try {
      const input = await readVibration(path, wishes.options)
      values.push(atChannel(path, input.channel, () => indicatorOf(input.samples, { ...wishes, ...input })))
      places.push(place)
      unit = input.unit
      for (const note of bearingNotes(wishes.indicator, input.bearing)) notes.add(note)
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.code === 'INTERRUPTED') throw thrown
      failures.push(thrown)
      notes.add(`left out: ${path}: ${thrown.message}`)
    }
  }
  if (values.length === 0 && failures[0]) throw failures[0]
  return {
    indicator: wishes.indicator,
    unit: indicatorUnit(wishes.indicator, unit),
    axis: 'count',
    at: Float64Array.from(places),
    value: Float64Array.from(values),
    notes: [...notes],
  }
}

/** One value a window of a file of any length. @throws Fault of the file. */
export async function indicatorAlongFile(path: string, wishes: IndicatorOfWaveforms): Promise<IndicatorSeries> {
  const { options } = wishes
  await using file = await openWaveformFile(path, { timeColumn: options.timeColumn })
  const channel = channelIndex(file, options.sensor)
  const { frames = 0, sampleRateHz: own = null, unit: ownUnit = null } = file.channels[channel] ?? {}
  const sampleRateHz = options.sampleRateHz ?? own
  if (sampleRateHz === null && wishes.indicator !== 'value') throw rateMissing(file)
  const unit = options.unit ?? ownUnit
  const perValue = wishes.indicator === 'value' ? 1 : Math.max(2, Math.round(wishes.windowS * (sampleRateHz ?? 1)))
  const count = Math.floor(frames / perValue)
  const facts = {
    bearing: options.bearing === undefined ? file.bearing : parseBearing(options.bearing),
    shaftSpeedRpm: options.speedRpm ?? file.shaftSpeedRpm,
  }
  const value = new Float64Array(count)
  for (let k = 0; k < count; k++) {
    const samples = await file.read({ channel, from: k * perValue, count: perValue })
    const asked = { ...wishes, ...facts, sampleRateHz: sampleRateHz ?? 1, unit }
    value[k] = atChannel(path, file.channels[channel]?.name ?? '', () => indicatorOf(samples, asked))
  }
  const stepS = sampleRateHz === null ? null : perValue / sampleRateHz
  return {
    indicator: wishes.indicator,
    unit: indicatorUnit(wishes.indicator, unit),
    axis: stepS === null ? 'count' : 's',
    at: value.map((_, k) => k * (stepS ?? 1)),
    value,
    notes: bearingNotes(wishes.indicator, facts.bearing),
  }
}

/** Where the dimensions that decide the values come from. */
export function bearingNotes(indicator: Indicator, bearing: BearingGeometry | null): readonly string[] {
  return isBearingLine(indicator) ? catalogueNote(bearing) : []
}
