import { expect, it } from 'vitest'
import { suggestedMapping } from '../../src/exchange/suggested-mapping.js'

const asIs = (name: string): string => name

it.each([
  [['time', 'sensor', 'value', 'unit'], '--time time --sensor sensor --value value --unit-column unit'],
  [['value', 'Timestamp', 'tag'], '--time Timestamp --sensor tag --value value'],
  [['a', 'b'], '--time a --name SENSOR --value b'],
  [['a'], '--time a --name SENSOR --value COLUMN'],
])('suggests for the columns %j the flags %s', (names, flags) => {
  expect(suggestedMapping(names, asIs)).toBe(flags)
})
