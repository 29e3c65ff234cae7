import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { ResultLine } from './batch-result.js'

/** The lines of kept results, of each file those that were written last; what is torn or no result is left out. */
export async function readResults(path: string): Promise<ResultLine[]> {
  const byFile = new Map<string, { key: string; lines: ResultLine[] }>()
  await using file = await open(path, 'r')
  const input = file.createReadStream({ autoClose: false, encoding: 'utf8' })
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = resultOf(text)
    if (line === null) continue
    const known = byFile.get(line.path)
    const isRepeat = known !== undefined && line.type === 'vibration' && known.lines.length === line.channels
    if (known === undefined || known.key !== line.key || line.type === 'failure' || isRepeat)
      byFile.set(line.path, { key: line.key, lines: [line] })
    else known.lines.push(line)
  }
  return [...byFile.values()].flatMap(({ lines }) => lines)
}

function resultOf(text: string): ResultLine | null {
  try {
    const value = JSON.parse(text) as Partial<ResultLine> | null
    return value?.type === 'vibration' || value?.type === 'failure' ? (value as ResultLine) : null
  } catch {
    return null
  }
}
