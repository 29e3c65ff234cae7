import { isBad } from '../readings/quality.js'

/**
 * The value of a reading as JSON tells it: null where there is none; a text where the sensor speaks text, also for an integer beyond
 * 2^53, which a JSON number would round.
 */
export function toldValue({
  value,
  text,
  quality,
}: {
  readonly value: number | null
  readonly text: string | null
  readonly quality: number
}): number | string | null {
  return isBad(quality) ? null : (text ?? value)
}
