import type { Finding } from '../drivers/contract.js'
import { terminalSafe } from './terminal-safe.js'

/** One finding for people: where, how sure and what; below it, how it was found. */
export function formatFinding({ address, description, access, confidence, evidence }: Finding): string {
  const state = access === 'open' ? '' : `  [${access}]`
  return [
    `${terminalSafe(address)}  ${Math.round(confidence * 100)} %  ${terminalSafe(description)}${state}`,
    `    ${terminalSafe(evidence, { maxWidth: 100 })}`,
  ].join('\n')
}
