import process from 'node:process'
import type { Finding, Surroundings } from '../drivers/contract.js'
import { FindingJsonl } from '../output/finding-jsonl.js'
import { findDevices } from './find-devices.js'

/** `discover --jsonl`. The last line is written whatever happens, so that a reader knows an end from a break. */
export async function findInLines(scopes: readonly string[], around: Surroundings): Promise<readonly Finding[]> {
  const lines = new FindingJsonl(scopes, (line) => process.stdout.write(line))
  try {
    return await findDevices(scopes, { around, watched: 'yes', onFound: lines.found, onClosed: lines.closed })
  } finally {
    lines.end(around.signal.aborted ? 'stopped' : 'finished')
  }
}
