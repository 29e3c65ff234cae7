import type { ImportedMap } from '../profiles/register-map/import-register-map.js'
import { counted } from '../readings/counted.js'
import { terminalSafe } from './terminal-safe.js'

const SHOWN_PROBLEMS = 20

export function formatImportedMap({ registers, columns, base, problems, skipped }: Omit<ImportedMap, 'text'>, file: string): string {
  const more = problems.length - SHOWN_PROBLEMS
  return [
    `wrote    ${terminalSafe(file)}: ${registers} registers`,
    `columns  --columns "${terminalSafe(columns)}"`,
    `base     --base ${base.kind}: ${base.why}`,
    ...(base.isSure
      ? []
      : [`warning  check one value on the device: a map that counts otherwise reads its neighbours; --base says how it counts`]),
    ...(skipped === 0 ? [] : [`skipped  ${counted(skipped, 'row')} without an address`]),
    ...problems.slice(0, SHOWN_PROBLEMS).map(({ row, problem }) => `row ${row}  ${terminalSafe(problem)}`),
    ...(more > 0 ? [`and ${more} more rows`] : []),
  ].join('\n')
}
