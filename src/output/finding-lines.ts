import type { Finding } from '../drivers/contract.js'
import { terminalSafe } from './terminal-safe.js'

/** Long enough for what a line with a fault has to tell. */
const MOST_EVIDENCE = 400

/** One finding for people: where, how sure and what; below it, how it was found. */
export function formatFinding({ address, description, access, confidence, evidence }: Finding): string {
  const state = access === 'open' ? '' : `  [${access}]`
  return [
    `${terminalSafe(address)}  ${Math.round(confidence * 100)} %  ${terminalSafe(description)}${state}`,
    `    ${terminalSafe(evidence, { maxWidth: MOST_EVIDENCE })}`,
  ].join('\n')
}
