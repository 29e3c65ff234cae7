import { expect, it } from 'vitest'
import { suggestedMapping } from '../../src/exchange/suggested-mapping.js'

const asIs = (name: string): string => name

it.each([
  [['time', 'sensor', 'value', 'unit'], '--time time --value value --sensor sensor --unit-column unit'],
  [['value', 'Timestamp', 'tag'], '--time Timestamp --value value --sensor tag'],
  [['a', 'b'], '--time a --value b --name SENSOR'],
  [['a'], '--time a --value COLUMN --name SENSOR'],
])('suggests for the columns %j the flags %s', (names, flags) => {
  expect(suggestedMapping(names, asIs)).toBe(flags)
})
