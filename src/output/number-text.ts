/** Integers are told exactly; others with the seven digits that a float32 carries (23.100000381 is 23.1). */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return String(Number(value.toPrecision(7)))
}
