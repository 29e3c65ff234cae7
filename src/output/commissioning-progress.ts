import type { CommissioningProgress } from '../commissioning/progress.js'
import { terminalSafe } from './terminal-safe.js'

const NAMED = 5

/** How far a site is commissioned, in a line or two. */
export function formatProgress({ sensors, signed, signedWithOpenChecks, unsigned }: CommissioningProgress): string {
  const open = signedWithOpenChecks === 0 ? '' : `, ${signedWithOpenChecks} of them with checks that were not passed`
  const head = `commissioned: ${signed} of ${sensors} sensors are signed${open}`
  if (unsigned.length === 0) return head
  const more = unsigned.length > NAMED ? ` and ${unsigned.length - NAMED} more` : ''
  return `${head}\nwarning: not signed: ${unsigned
    .slice(0, NAMED)
    .map((key) => terminalSafe(key))
    .join(', ')}${more}`
}
