import { createHash } from 'node:crypto'
import type { WriteDraft } from '../drivers/contract.js'

const SHOWN_DIGITS = 16

/** Stands for one write: this device, this place, this old and this new value. Whoever confirms it has seen all four. */
export function writeHash({ address, device, old, value }: WriteDraft): string {
  return createHash('sha256')
    .update(JSON.stringify([address, device, old, value]))
    .digest('hex')
    .slice(0, SHOWN_DIGITS)
}
