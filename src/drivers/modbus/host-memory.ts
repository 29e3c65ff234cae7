import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Target } from './connect.js'

/**
 * What a host is known to make of a second question before the first is answered. `trying` that was never followed by anything means that
 * whoever tried did not live to tell.
 */
export type Pipelining = 'unknown' | 'trying' | 'works' | 'never'

const VERDICTS: readonly Pipelining[] = ['trying', 'works', 'never']

export async function recallPipelining(stateFolder: string, target: Target): Promise<Pipelining> {
  const text = await readFile(fileOf(stateFolder, target), 'utf8').catch(() => '')
  return VERDICTS.find((verdict) => text.startsWith(`${verdict}\n`)) ?? 'unknown'
}

/** @returns whether it will be remembered. */
export async function rememberPipelining(
  stateFolder: string,
  target: Target,
  { verdict, because }: { readonly verdict: Pipelining; readonly because: string },
): Promise<'remembered' | 'no-place'> {
  const file = fileOf(stateFolder, target)
  try {
    await mkdir(join(stateFolder, 'modbus-hosts'), { recursive: true })
    await writeFile(`${file}.tmp`, `${verdict}\n${because}\n`)
    await rename(`${file}.tmp`, file)
    return 'remembered'
  } catch {
    return 'no-place'
  }
}

function fileOf(stateFolder: string, { host, port }: Target): string {
  return join(stateFolder, 'modbus-hosts', `${encodeURIComponent(host)}_${port}`)
}
