import { QUALITY } from '../../readings/quality.js'
import type { Sensor } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import type { Delivery } from './client.js'
import { isClockAhead } from './clock-ahead.js'
import type { Intake } from './intake.js'
import { exactDigitsOf, numberOf } from './json-payload.js'
import type { JsonPointer } from './json-pointer.js'
import { sourceTimeOf } from './source-time.js'
import { fitUnit, statedUnitOf, type UnitFit } from './stated-unit.js'

const MAX_TEXT_LENGTH = 1000
const MAX_STATE_LENGTH = 200

type JsonObject = Readonly<Record<string, unknown>>

export interface Message {
  /** The payload, parsed. */
  readonly json: unknown
  readonly text: string
  readonly receivedAt: EpochMicros
  readonly delivery: Delivery
}

/** One sensor that lives in a field of a topic's payload. */
export class FieldLane {
  readonly #index: number
  readonly #sensor: Sensor
  readonly #intake: Intake
  readonly #pointer: JsonPointer
  #statedUnit: string | undefined
  #fit: UnitFit = fitUnit(undefined, null)

  constructor(index: number, sensor: Sensor, intake: Intake, pointer: JsonPointer) {
    this.#index = index
    this.#sensor = sensor
    this.#intake = intake
    this.#pointer = pointer
  }

  read({ json, text, receivedAt, delivery }: Message): void {
    let place = json
    let parent: JsonObject | undefined
    let measuredAt: EpochMicros | undefined
    for (const part of this.#pointer) {
      if (typeof place !== 'object' || place === null || !Object.hasOwn(place, part)) {
        this.bad(receivedAt)
        return
      }
      parent = place as JsonObject
      // The nearest time counts: an object may hold several values, each with its own.
      measuredAt = sourceTimeOf(parent) ?? measuredAt
      place = parent[part]
    }
    const fit = parent === undefined || this.#sensor.unit === null ? this.#fit : this.#fitOf(parent)
    let quality: number = fit.isDoubtful ? QUALITY['device-uncertain'] : QUALITY.good
    if (measuredAt === undefined) {
      measuredAt = receivedAt
      if (delivery === 'retained') quality = QUALITY.stale
    } else if (isClockAhead(measuredAt, receivedAt)) quality = QUALITY['clock-unsynced']
    this.#value(place, text, { measuredAt, receivedAt, quality })
  }

  /** A payload in which this sensor is not to be found. */
  bad(receivedAt: EpochMicros): void {
    this.#intake.reading(this.#index, receivedAt, receivedAt, Number.NaN, QUALITY.undecodable, null)
  }

  #value(
    place: unknown,
    text: string,
    { measuredAt, receivedAt, quality }: { measuredAt: EpochMicros; receivedAt: EpochMicros; quality: number },
  ): void {
    const give = (value: number, code: number, words: string | null): void =>
      this.#intake.reading(this.#index, measuredAt, receivedAt, value, code, words)
    const number = typeof place === 'string' ? numberOf(place) : place
    if (typeof number === 'boolean') give(number ? 1 : 0, quality, null)
    else if (number === null) give(Number.NaN, QUALITY['device-fault'], null)
    else if (typeof number === 'number' && Number.isFinite(number)) {
      const isAsSent = this.#fit.factor === 1 && this.#fit.offset === 0
      const isLarge = isAsSent && Number.isInteger(number) && !Number.isSafeInteger(number) && text.length <= MAX_TEXT_LENGTH
      give(number * this.#fit.factor + this.#fit.offset, quality, isLarge ? exactDigitsOf(text, this.#pointer) : null)
    } else if (typeof place === 'string' && this.#speaksText()) give(Number.NaN, quality, place.slice(0, MAX_STATE_LENGTH))
    else give(Number.NaN, QUALITY.undecodable, null)
  }

  /** Words are fine for a state or something that nobody has named; a temperature that says "n/a" has no value. */
  #speaksText(): boolean {
    return this.#sensor.unit === null && (this.#sensor.kind === 'state' || this.#sensor.kind === 'other')
  }

  #fitOf(parent: JsonObject): UnitFit {
    const stated = statedUnitOf(parent, this.#pointer.at(-1) ?? '')
    if (stated !== this.#statedUnit) {
      this.#statedUnit = stated
      this.#fit = fitUnit(stated, this.#sensor.unit)
    }
    return this.#fit
  }
}
