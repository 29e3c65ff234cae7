import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { WriteDraft } from '../drivers/contract.js'
import { Fault, reasonOf } from '../faults/fault.js'
import { type EpochMicros, formatMicros } from '../readings/time.js'

/** One line of the journal. Every write has two: what is about to happen, and what became of it. */
export interface JournalEntry {
  readonly at: EpochMicros
  readonly who: string
  readonly sensor: string
  readonly draft: WriteDraft
  readonly event: 'begins' | 'written' | 'refused' | 'mismatch' | 'not-written' | 'unknown'
  readonly readBack?: number | null
  readonly because?: string | null
}

/**
 * Adds a line to the journal of writes and waits until it is on the disk.
 * @throws Fault WRITE_UNRECORDED
 */
export async function journalWrite(path: string, { at, draft, ...entry }: JournalEntry): Promise<void> {
  const line = JSON.stringify({ schema: 'chatterfix/write/1', at: formatMicros(at), ...entry, ...draft })
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'a', 0o600)
    try {
      await file.appendFile(`${line}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (thrown) {
    throw new Fault('WRITE_UNRECORDED', {
      message: `the journal ${path} cannot be written`,
      because: reasonOf(thrown),
      advice: { folder: dirname(path) },
      cause: thrown,
    })
  }
}
