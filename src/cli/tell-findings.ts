import type { Finding, Surroundings } from '../drivers/contract.js'
import { formatFinding } from '../output/finding-lines.js'
import { findDevices } from './find-devices.js'

/** `discover --json`. */
export interface Findings {
  readonly schema: 'chatterfix/findings/1'
  readonly findings: readonly Finding[]
}

interface TellOptions {
  readonly around: Surroundings
  /** Whether somebody watches stderr. */
  readonly watched: 'yes' | 'no'
  readonly say: (text: string) => void
}

/** `discover` for people: each finding as it is found, in the end how many. */
export async function tellFindings(scopes: readonly string[], { around, watched, say }: TellOptions): Promise<readonly Finding[]> {
  const findings = await findDevices(scopes, { around, watched, onFound: (finding) => say(formatFinding(finding)) })
  say(findings.length === 0 ? 'nothing found' : `${findings.length} found`)
  return findings
}
