import { QUALITY } from '../../readings/quality.js'
import type { Sensor } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import { isClockAhead } from './clock-ahead.js'
import type { Intake } from './intake.js'
import { fitUnit } from './stated-unit.js'
import type { ReceivedWaveform } from './waveform.js'

const SEQUENCE_RANGE = 2 ** 32
/** A jump by more is a sender that began anew, not a loss. */
const MAX_LOST_BLOCKS = 2 ** 31

/** The blocks of one waveform sensor: brings them into the sensor's unit and tells of lost ones by their sequence. */
export class WaveformLane {
  readonly #index: number
  readonly #sensor: Sensor
  readonly #intake: Intake
  #last: { readonly sequence: number; readonly endedAt: EpochMicros } | undefined

  constructor(index: number, sensor: Sensor, intake: Intake) {
    this.#index = index
    this.#sensor = sensor
    this.#intake = intake
  }

  block(block: ReceivedWaveform, receivedAt: EpochMicros): void {
    const { startedAt, sampleRateHz, sequence } = block
    this.#tellLoss(block)
    const fit = fitUnit(block.unit === '' ? undefined : block.unit, this.#sensor.unit)
    const isSame = fit.factor === 1 && fit.offset === 0
    this.#intake.waveform(this.#index, {
      startedAt,
      receivedAt,
      sampleRateHz,
      samples: isSame ? block.samples : block.samples.map((sample) => sample * fit.factor + fit.offset),
      quality: fit.isDoubtful
        ? QUALITY['device-uncertain']
        : isClockAhead(startedAt, receivedAt)
          ? QUALITY['clock-unsynced']
          : QUALITY.good,
      ...(sequence === null ? {} : { sequence }),
    })
  }

  /** A payload that is no block. */
  bad(receivedAt: EpochMicros): void {
    this.#intake.reading(this.#index, receivedAt, receivedAt, Number.NaN, QUALITY.undecodable, null)
  }

  #tellLoss({ startedAt, sampleRateHz, sequence, samples }: ReceivedWaveform): void {
    const last = this.#last
    if (sequence === null) return
    this.#last = { sequence, endedAt: startedAt + Math.round((samples.length / sampleRateHz) * 1e6) }
    if (!last || startedAt <= last.endedAt) return
    const lost = (sequence - last.sequence - 1 + SEQUENCE_RANGE) % SEQUENCE_RANGE
    if (lost === 0 || lost > MAX_LOST_BLOCKS) return
    const cause = `waveform blocks ${last.sequence + 1} to ${sequence - 1} did not arrive`
    this.#intake.gap(this.#index, { from: last.endedAt, to: startedAt, cause, missing: lost })
  }
}
