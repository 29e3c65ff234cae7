import type { IndicatorSeries } from '../analysis/trend/indicator-trend.js'
import { indicatorOf, indicatorUnit } from '../analysis/vibration/indicator.js'
import { Fault } from '../faults/fault.js'
import { isBad } from '../readings/quality.js'
import { foldWaveforms } from '../recordings/fold-waveforms.js'
import { type BlockOutline, follows, type WaveformBlock } from '../recordings/join-blocks.js'
import { readRecording } from '../recordings/read-recording.js'
import { recordedSensor } from '../recordings/recorded-sensor.js'
import { atChannel } from './at-channel.js'
import { parseBearing } from './bearing-text.js'
import { bearingNotes, type IndicatorOfWaveforms } from './indicator-series.js'
import { speedCourse } from './recorded-speed.js'
import { onlySensor } from './vibration-from-recording.js'

/** A year of one a minute. */
const MOST_VALUES = 600_000

/**
 * One value a window over all waveforms of a recording of any length, `at` seconds after the first. No window reaches over a hole: what is left
 * before it is left out, and the next begins behind it.
 *
 * @throws Fault WAVEFORM_CHANNEL_UNKNOWN, RECORDING_…, QUERY_LIMIT above 600,000 values, ANALYSIS_IMPOSSIBLE.
 */
export async function indicatorAlongRecording(folder: string, wishes: IndicatorOfWaveforms): Promise<IndicatorSeries> {
  const { options, indicator } = wishes
  const key = options.sensor ?? (await onlySensor(folder))
  const { sensor, asset } = await readRecording(folder, (view) => Promise.resolve(recordedSensor(view, key)))
  const unit = options.unit ?? sensor.unit
  const bearing = options.bearing === undefined ? (asset?.bearing ?? null) : parseBearing(options.bearing)
  const speedAt = options.speedRpm === undefined ? await speedCourse(folder, asset) : () => options.speedRpm ?? null
  return await foldWaveforms({
    folder,
    sensor: key,
    begin: () => {
      const at: number[] = []
      const value: number[] = []
      let first: number | null = null
      const windows = new Windows(wishes.windowS, ({ startedAt, sampleRateHz, samples }) => {
        if (value.length === MOST_VALUES) throw tooMany(folder)
        first ??= startedAt
        const shaftSpeedRpm = speedAt({ from: startedAt, to: startedAt + (samples.length / sampleRateHz) * 1e6 })
        at.push((startedAt - first) / 1e6)
        value.push(atChannel(folder, key, () => indicatorOf(samples, { ...wishes, sampleRateHz, unit, bearing, shaftSpeedRpm })))
      })
      return {
        add: (block) => windows.add(block),
        end: () => ({
          indicator,
          unit: indicatorUnit(indicator, unit),
          axis: 's',
          at: Float64Array.from(at),
          value: Float64Array.from(value),
          notes: bearingNotes(indicator, bearing),
        }),
      }
    },
  })
}

type Window = Pick<WaveformBlock, 'startedAt' | 'sampleRateHz' | 'samples'>

/** Cuts blocks that go on from one another into windows of even length. */
class Windows {
  readonly #windowS: number
  readonly #take: (window: Window) => void
  #before: BlockOutline | null = null
  #buffer = new Float64Array(0)
  #filled = 0
  #startedAt = 0

  constructor(windowS: number, take: (window: Window) => void) {
    this.#windowS = windowS
    this.#take = take
  }

  add(block: WaveformBlock): void {
    const { samples, sampleRateHz } = block
    if (isBad(block.quality) || samples.length === 0 || !(sampleRateHz > 0)) {
      this.#before = null
      return
    }
    const length = Math.max(2, Math.round(this.#windowS * sampleRateHz))
    if (this.#before === null || !follows(block, this.#before) || this.#buffer.length !== length) {
      this.#buffer = new Float64Array(length)
      this.#filled = 0
    }
    this.#before = block
    for (let at = 0; at < samples.length; ) {
      if (this.#filled === 0) this.#startedAt = block.startedAt + (at / sampleRateHz) * 1e6
      const count = Math.min(length - this.#filled, samples.length - at)
      this.#buffer.set(samples.subarray(at, at + count), this.#filled)
      this.#filled += count
      at += count
      if (this.#filled < length) continue
      this.#take({ startedAt: this.#startedAt, sampleRateHz, samples: this.#buffer })
      this.#filled = 0
    }
  }
}

function tooMany(folder: string): Fault {
  return new Fault('QUERY_LIMIT', {
    message: `${folder} holds more windows than a trend takes`,
    because: `there are more than ${MOST_VALUES}; --window takes longer ones`,
    advice: { folder },
  })
}
