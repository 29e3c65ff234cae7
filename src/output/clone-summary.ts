import type { CloneReport } from '../drivers/contract.js'
import { shellWord } from './shell-word.js'
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
  /** False where it was stopped before its end; --resume goes on. */
  readonly complete: boolean
  /** The last address of each table that was looked at. */
  readonly lookedAtTo: Readonly<Record<string, number>>
}

export function summaryOf({ clone, gaps, stoppedBy }: CloneReport, file: string): CloneSummary {
  return {
    schema: 'chatterfix/clone/1',
    file,
    unit: clone.unit,
    identity: Object.fromEntries([...(clone.identity.objects ?? [])].map(([id, text]) => [String(id), text])),
    captured: Object.fromEntries(
      Object.entries(clone.tables).map(([table, { ranges }]) => [table, ranges.reduce((sum, { values }) => sum + values.length, 0)]),
    ),
    gaps,
    complete: stoppedBy === null,
    lookedAtTo: Object.fromEntries(Object.entries(clone.tables).map(([table, { lookedAt }]) => [table, lookedAt.to])),
  }
}

export function formatCloneSummary({ file, unit, identity, captured, gaps, complete, lookedAtTo }: CloneSummary, address: string): string {
  const counts = Object.entries(captured).map(([table, count]) => `${count} ${table}`)
  return [
    `unit ${unit}${Object.values(identity)
      .map((text) => ` · ${terminalSafe(text)}`)
      .join('')}`,
    `captured ${counts.join(', ') || 'nothing'}`,
    ...(complete
      ? []
      : [
          `stopped  before the end: ${Object.entries(lookedAtTo)
            .map(([table, to]) => `${table} up to ${to}`)
            .join(', ')}`,
          `go on    chatterfix clone ${shellWord(address)} ${shellWord(file)} --resume`,
        ]),
    ...gaps.map((gap) => `warning  ${terminalSafe(gap)}`),
    `try      chatterfix simulate --from ${terminalSafe(file)}`,
  ].join('\n')
}
