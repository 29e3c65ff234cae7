import type { SensorKey } from '../readings/measurement.js'

/** What an answer held for one sensor: 16-bit registers (bits as 0 and 1) from an address on, or a text. */
export type RawValue = { readonly registers: Uint16Array; readonly from: number } | { readonly text: string }

/** A text of which more than this is not shown. */
const MAX_TEXT = 200

/** What the latest answers held before they were decoded, for whoever looks at one sensor. A driver leaves it as it came; it becomes text when somebody asks. */
export class RawValues {
  readonly #latest = new Map<SensorKey, RawValue>()

  keep(sensor: SensorKey, value: RawValue): void {
    this.#latest.set(sensor, value)
  }

  /** E.g. `41A0 0000 at 100–101`, or the text; null where the driver left nothing. As hostile as the device. */
  read(sensor: SensorKey): string | null {
    const value = this.#latest.get(sensor)
    if (value === undefined) return null
    if ('text' in value) return value.text.slice(0, MAX_TEXT)
    const words = Array.from(value.registers, (word) => word.toString(16).toUpperCase().padStart(4, '0'))
    const last = value.from + value.registers.length - 1
    return `${words.join(' ')} at ${last > value.from ? `${value.from}–${last}` : value.from}`.slice(0, MAX_TEXT)
  }
}
