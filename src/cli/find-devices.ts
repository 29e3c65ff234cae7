import process from 'node:process'
import { discover, type OnClosed } from '../discovery/discover.js'
import type { Finding, Surroundings } from '../drivers/contract.js'
import { ProgressLine } from './progress-line.js'

interface FindOptions {
  readonly around: Surroundings
  /** Whether somebody watches stderr. */
  readonly watched: 'yes' | 'no'
  readonly onFound: (finding: Finding) => void
  readonly onClosed?: OnClosed
}

/** Everything that a discovery finds; what it finds is told at once, how far it has come on stderr meanwhile. A stop keeps what was found. */
export async function findDevices(
  scopes: readonly string[],
  { around, watched, onFound, onClosed }: FindOptions,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const progress = watched === 'yes' ? new ProgressLine(process.stderr) : undefined
  for await (const finding of discover(scopes, { ...around, ...(progress && { progress: progress.show }) }, onClosed)) {
    findings.push(finding)
    progress?.clear()
    onFound(finding)
  }
  progress?.clear()
  // Who answers first is chance.
  return findings.toSorted((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }))
}
