const LIKELY = {
  time: /time|date|stamp|^ts?$/i,
  sensor: /sensor|tag|point|channel|signal/i,
  unit: /^units?$/i,
  value: /^val|reading|measure/i,
} as const

/** Flags that might fit columns of these names, to be shown to people; nothing is ever read by them without having been said. */
export function suggestedMapping(names: readonly string[], shellName: (name: string) => string): string {
  const [time, sensor, unit] = [LIKELY.time, LIKELY.sensor, LIKELY.unit].map((likely) => names.find((name) => likely.test(name)))
  const others = names.filter((name) => name !== (time ?? names[0]) && name !== sensor && name !== unit)
  const value = others.find((name) => LIKELY.value.test(name)) ?? others[0]
  return [
    `--time ${shellName(time ?? names[0] ?? 'COLUMN')}`,
    `--value ${shellName(value ?? 'COLUMN')}`,
    sensor === undefined ? '--name SENSOR' : `--sensor ${shellName(sensor)}`,
    ...(unit === undefined ? [] : [`--unit-column ${shellName(unit)}`]),
  ].join(' ')
}
