import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { frameAt } from './frame.js'
import { parcelIn } from './parcel-codec.js'
import { type Segment, segmentName, segmentNumberOf, type Waiting, withParcel } from './segment.js'
import type { Cursor } from './spool-cursor.js'

export interface Found {
  readonly segments: Segment[]
  /** Frames whose checksum is wrong, and ends of files that are no frames. A kill in mid-writing leaves one such end. */
  readonly damaged: number
}

/** What earlier runs left in a folder, from the cursor on. */
export async function scanSegments(folder: string, run: string, cursor: Cursor | null): Promise<Found> {
  const numbers = (await readdir(folder)).flatMap((name) => segmentNumberOf(name) ?? []).toSorted((a, b) => a - b)
  const segments: Segment[] = []
  let damaged = 0
  for (const number of numbers) {
    const path = join(folder, segmentName(number))
    const delivered = cursor === null || cursor.segment < number ? 0 : cursor.segment > number ? Number.POSITIVE_INFINITY : cursor.offset
    const read = readWaiting(await readFile(path), delivered, run)
    damaged += read.damaged
    segments.push({ number, path, bytes: read.bytes, offset: Math.min(delivered, read.bytes), waiting: read.waiting })
  }
  return { segments, damaged }
}

function readWaiting(
  bytes: Buffer,
  from: number,
  run: string,
): { readonly bytes: number; readonly waiting: Waiting; readonly damaged: number } {
  let waiting: Waiting = {}
  let damaged = 0
  let end = 0
  for (let frame = frameAt(bytes, 0); frame !== null; frame = frameAt(bytes, end)) {
    const isWaiting = end >= from
    end = frame.end
    if (!isWaiting) continue
    const parcel = parcelIn(frame)
    if (parcel === null) damaged++
    else waiting = withParcel(waiting, parcel, run)
  }
  return { bytes: end, waiting, damaged: end < bytes.length ? damaged + 1 : damaged }
}
