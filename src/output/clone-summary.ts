import type { CloneReport } from '../drivers/contract.js'
import { terminalSafe } from './terminal-safe.js'

export interface CloneSummary {
  readonly schema: 'chatterfix/clone/1'
  readonly file: string
  readonly unit: number
  /** Objects of function 43/14, by id. */
  readonly identity: Readonly<Record<string, string>>
  /** How many values of each table were captured. */
  readonly captured: Readonly<Record<string, number>>
  readonly gaps: readonly string[]
}

export function summaryOf({ clone, gaps }: CloneReport, file: string): CloneSummary {
  return {
    schema: 'chatterfix/clone/1',
    file,
    unit: clone.unit,
    identity: Object.fromEntries([...(clone.identity.objects ?? [])].map(([id, text]) => [String(id), text])),
    captured: Object.fromEntries(
      Object.entries(clone.tables).map(([table, { ranges }]) => [table, ranges.reduce((sum, { values }) => sum + values.length, 0)]),
    ),
    gaps,
  }
}

export function formatCloneSummary({ file, unit, identity, captured, gaps }: CloneSummary): string {
  const counts = Object.entries(captured).map(([table, count]) => `${count} ${table}`)
  return [
    `unit ${unit}${Object.values(identity)
      .map((text) => ` · ${terminalSafe(text)}`)
      .join('')}`,
    `captured ${counts.join(', ') || 'nothing'}`,
    ...gaps.map((gap) => `warning  ${terminalSafe(gap)}`),
    `try      chatterfix simulate --from ${terminalSafe(file)}`,
  ].join('\n')
}
