import type { Sensor } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import type { Delivery } from './client.js'
import { FieldLane } from './field-lane.js'
import type { Intake } from './intake.js'
import { NOT_JSON, parsePayload } from './json-payload.js'
import type { JsonPointer } from './json-pointer.js'
import type { ReceivedWaveform } from './waveform.js'
import { decodeWaveformBlock, looksLikeWaveformBlock } from './waveform-block.js'
import { looksLikeWaveformJson, waveformOf } from './waveform-json.js'
import { WaveformLane } from './waveform-lane.js'

/** Text of more is not parsed: about 10 s of a JSON waveform at 25.6 kHz. */
const MAX_TEXT_BYTES = 4 << 20

export interface ReceivedPayload {
  readonly payload: Buffer
  readonly receivedAt: EpochMicros
  readonly delivery: Delivery
}

/** Reads the messages of one topic for the sensors that live on it. */
export class TopicReader {
  readonly #intake: Intake
  readonly #fields: FieldLane[] = []
  readonly #waveforms: WaveformLane[] = []
  /** Sensors whose value is the whole payload: a number or a waveform, as it comes. */
  readonly #whole: { readonly field: FieldLane; readonly waveform: WaveformLane }[] = []

  constructor(intake: Intake) {
    this.#intake = intake
  }

  addField(index: number, sensor: Sensor, pointer: JsonPointer): void {
    const field = new FieldLane(index, sensor, this.#intake, pointer)
    if (pointer.length > 0) this.#fields.push(field)
    else this.#whole.push({ field, waveform: new WaveformLane(index, sensor, this.#intake) })
  }

  addWaveform(index: number, sensor: Sensor): void {
    this.#waveforms.push(new WaveformLane(index, sensor, this.#intake))
  }

  message({ payload, receivedAt, delivery }: ReceivedPayload): void {
    if (looksLikeWaveformBlock(payload)) {
      this.#block(() => decodeWaveformBlock(payload), receivedAt)
      for (const field of this.#fields) field.bad(receivedAt)
      return
    }
    const text = payload.length <= MAX_TEXT_BYTES ? payload.toString('utf8') : ''
    const json = parsePayload(text)
    if (looksLikeWaveformJson(json)) this.#block(() => waveformOf(json), receivedAt)
    else {
      for (const lane of this.#waveforms) lane.bad(receivedAt)
      // Words without quotes are a text, as far as the sensor speaks any.
      for (const { field } of this.#whole) field.read({ json: json === NOT_JSON ? text : json, text, receivedAt, delivery })
    }
    for (const field of this.#fields) field.read({ json, text, receivedAt, delivery })
  }

  #block(decode: () => ReceivedWaveform, receivedAt: EpochMicros): void {
    const lanes = [...this.#waveforms, ...this.#whole.map(({ waveform }) => waveform)]
    if (lanes.length === 0) return
    let block: ReceivedWaveform | undefined
    try {
      block = decode()
    } catch {
      // Only a CodecError can come; what it says of the bytes is nothing that a reading can carry.
    }
    for (const lane of lanes) {
      if (block) lane.block(block, receivedAt)
      else lane.bad(receivedAt)
    }
  }
}
