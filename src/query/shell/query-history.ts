import { appendFile, chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const MAX_ENTRIES = 1000
const MAX_ENTRY_LENGTH = 20_000
const OWNER_ONLY = 0o600

export interface QueryHistory {
  /** The oldest first; statements of several lines hold line feeds. */
  readonly entries: readonly string[]
  add(entry: string): Promise<void>
}

/** Statements that were asked before, one JSON text a line, for the owner's eyes only: they may name what nobody else should know. A folder that cannot be written costs the history, not the shell. */
export async function openQueryHistory(stateFolder: string): Promise<QueryHistory> {
  const path = join(stateFolder, 'query-history')
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')
  const entries = lines.flatMap(entryOf).slice(-MAX_ENTRIES)
  try {
    await mkdir(dirname(path), { recursive: true })
    if (lines.length > 2 * MAX_ENTRIES)
      await writeFile(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: OWNER_ONLY })
    await appendFile(path, '', { mode: OWNER_ONLY })
    await chmod(path, OWNER_ONLY)
  } catch {
    return { entries, add: () => Promise.resolve() }
  }
  return {
    entries,
    async add(entry) {
      if (entry.length > MAX_ENTRY_LENGTH) return
      await appendFile(path, `${JSON.stringify(entry)}\n`, { mode: OWNER_ONLY }).catch(() => {})
    },
  }
}

function entryOf(line: string): string[] {
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'string' ? [entry] : []
  } catch {
    return []
  }
}
