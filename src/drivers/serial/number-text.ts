/** SCPI-1999 volume 1, 7.2.1.4 and .5: what instruments send for infinity and for not a number. */
const SCPI_INFINITY = 9.9e37
const SCPI_NOT_A_NUMBER = 9.91e37

export type NumberReading =
  | { readonly kind: 'number'; readonly value: number }
  /** The device says that it has no value: overload, not a number. */
  | { readonly kind: 'no-value'; readonly why: string }

const POINT = /^[-+]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,3})?$/
const COMMA = /^[-+]?(?:\d{1,40}(?:,\d{0,40})?|,\d{1,40})(?:[eE][-+]?\d{1,3})?$/

/**
 * A number as devices write it: `12.5`, `+ 012.50`, `-1.2E+03`. With a decimal comma only where the address says so: `1,234` may be
 * more than a thousand.
 * @returns undefined where it is none
 */
export function readNumber(text: string, decimal: 'point' | 'comma'): NumberReading | undefined {
  const tidy = text.trim().replace(/^([-+])\s{1,16}/, '$1')
  if (!(decimal === 'comma' ? COMMA : POINT).test(tidy)) return undefined
  const value = Number(tidy.replace(',', '.'))
  if (!Number.isFinite(value)) return undefined
  if (Math.abs(value) === SCPI_INFINITY) return { kind: 'no-value', why: 'the device reports an overload (9.9E37)' }
  if (value === SCPI_NOT_A_NUMBER) return { kind: 'no-value', why: 'the device reports that it has no value (9.91E37)' }
  return { kind: 'number', value }
}
