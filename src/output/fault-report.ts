import { CATALOGUE } from '../faults/catalogue.js'
import type { CatalogueEntry, ExitCode } from '../faults/exit-code.js'
import type { Fault } from '../faults/fault.js'
import { shellWord } from './shell-word.js'
import { terminalSafe } from './terminal-safe.js'

/** A fault as people and scripts see it. */
export interface FaultReport {
  readonly code: string
  readonly exitCode: ExitCode
  readonly message: string
  readonly where: Readonly<Record<string, string>>
  readonly because: string | null
  readonly try: readonly string[]
}

export function reportFault(fault: Fault): FaultReport {
  const entry: CatalogueEntry = CATALOGUE[fault.code]
  const { message, where = {}, because = null, advice = {} } = fault.facts
  return { code: fault.code, exitCode: entry.exitCode, message, where, because, try: entry.advice.flatMap((line) => fill(line, advice)) }
}

/** How the parts of a fault are set off on a terminal; plain text elsewhere. */
export interface FaultPaint {
  readonly headline: (text: string) => string
  readonly label: (text: string) => string
}

const PLAIN: FaultPaint = { headline: (text) => text, label: (text) => text }

/** The four-line form: what happened, where, because of what, what to try. */
export function formatFault(report: FaultReport, paint: FaultPaint = PLAIN): string {
  const labelled = (label: string, text: string): string => `  ${paint.label(label.padEnd(8))} ${terminalSafe(text)}`
  return [
    `${paint.headline(`error ${report.code}`)}  ${terminalSafe(report.message)}`,
    ...Object.entries(report.where).map(([label, text]) => labelled(terminalSafe(label), text)),
    ...(report.because === null ? [] : [labelled('because', report.because)]),
    ...report.try.map((line, index) => labelled(index === 0 ? 'try' : '', line)),
  ].join('\n')
}

/** Advice values that are commands or sentences of our own; the others are words in a command. */
const WHOLE = new Set(['help', 'example', 'command', 'known'])

function fill(line: string, values: Readonly<Record<string, string>>): string[] {
  const missing = [...line.matchAll(/\{(\w+)\}/g)].some(([, name = '']) => values[name] === undefined)
  return missing
    ? []
    : [line.replace(/\{(\w+)\}/g, (_, name: string) => (WHOLE.has(name) ? (values[name] ?? '') : shellWord(values[name] ?? '')))]
}
