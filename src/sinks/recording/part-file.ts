import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type PartEntry, partName, TABLE_NAMES, type TableName, TEMPORARY_PREFIX } from '../../readings/recording-layout.js'
import { type EpochMicros, formatMicros } from '../../readings/time.js'
import { sealFile } from '../../recordings/file-sum.js'
import type { FreightBuffer } from './freight-buffer.js'
import type { PartWriter } from './part-writer.js'

/** ECMA-262: a Date reaches 8.64e15 ms to either side. */
const MAX_EPOCH_MICROS = 8.64e18

/** Where a part is until it is whole. */
export function temporaryPath(folder: string, name: string): string {
  return join(folder, `${TEMPORARY_PREFIX}${name.replace(/\.parquet$/, '')}`)
}

/** Writes every table of the buffer that has rows to a temporary file, durably; removes them all where one fails. */
export async function writeParts(folder: string, number: number, buffer: FreightBuffer, writer: PartWriter): Promise<PartEntry[]> {
  const entries: PartEntry[] = []
  try {
    for (const table of TABLE_NAMES) {
      const span = spanOf(table, buffer)
      if (span === null) continue
      const name = partName(table, number)
      const path = temporaryPath(folder, name)
      const rows = await writer.write(table, buffer, path)
      const count = countOf(table, buffer)
      entries.push({ name, table, rows, count, from: timeText(span.from), to: timeText(span.to), ...(await sealFile(path)) })
    }
    return entries
  } catch (thrown) {
    await Promise.all(TABLE_NAMES.map((table) => rm(temporaryPath(folder, partName(table, number)), { force: true })))
    throw thrown
  }
}

/** Makes committed parts visible. May be repeated: what is already in its place is left. Rejects where a part is in neither place. */
export async function showParts(folder: string, entries: readonly PartEntry[]): Promise<void> {
  for (const { name } of entries) {
    const path = join(folder, name)
    try {
      await rename(temporaryPath(folder, name), path)
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
      // Either it has been shown before, or somebody took it away.
      await stat(path)
    }
  }
}

function spanOf(table: TableName, buffer: FreightBuffer): { from: EpochMicros; to: EpochMicros } | null {
  const { readings } = buffer
  if (table === 'readings') return readings.rows === 0 ? null : { from: readings.firstTime, to: readings.lastTime }
  if (table === 'events') return spanOfTimes(buffer.events.map(({ at }) => at))
  if (table === 'gaps') return spanOfTimes(buffer.gaps.flatMap(({ from, to }) => [from, to]))
  return spanOfTimes(buffer[table].map(({ startedAt }) => startedAt))
}

/** A device may send any number as a time; what no calendar holds must not stop the flush. */
function timeText(at: EpochMicros): string {
  return formatMicros(Number.isFinite(at) ? Math.min(Math.max(at, -MAX_EPOCH_MICROS), MAX_EPOCH_MICROS) : 0)
}

function spanOfTimes(times: readonly EpochMicros[]): { from: EpochMicros; to: EpochMicros } | null {
  if (times.length === 0) return null
  return times.reduce(({ from, to }, at) => ({ from: Math.min(from, at), to: Math.max(to, at) }), {
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  })
}

function countOf(table: TableName, buffer: FreightBuffer): number {
  if (table === 'readings') return buffer.readings.rows
  return table === 'events' || table === 'gaps' ? 0 : buffer[table].filter(({ fragment }) => fragment === 0).length
}
