import type { PartTable } from '../readings/recording-layout.js'

/** An aggregate that counts the readings or waveform blocks among the rows of a part, as the conservation law does. */
export function countOfRowsSql(table: PartTable): string {
  if (table === 'readings') return 'count(*)'
  return table.startsWith('waveforms') ? 'count(*) FILTER (fragment = 0)' : '0'
}
