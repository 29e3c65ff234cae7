import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeFrame, FRAME_HEAD_BYTES, frameAt, frameLengthAt } from './frame.js'
import { inTurn } from './in-turn.js'
import type { Parcel } from './parcel.js'
import { extentOfParcel } from './parcel.js'
import { encodeParcel, parcelIn } from './parcel-codec.js'
import { type Found, scanSegments } from './scan-segments.js'
import { type Segment, segmentName, type Waiting, without, withParcel } from './segment.js'
import { SegmentWriter } from './segment-writer.js'
import { type Cursor, readCursor, writeCursor } from './spool-cursor.js'

/** What goes when there is no room: the oldest segment, or what has just come. */
export type SpoolPolicy = 'drop-oldest' | 'drop-newest'

export interface SpoolOptions {
  readonly folder: string
  readonly run: string
  readonly capBytes: number
  readonly policy: SpoolPolicy
}

/** What was given up, and why. */
export interface Loss {
  readonly lost: Waiting
  readonly cause: string
}

/** Parcels that follow one another, to be delivered together. */
export interface SpooledBatch {
  readonly parcels: readonly Parcel[]
  readonly segment: Segment
  readonly end: number
  readonly waiting: Waiting
}

/** Bytes of parcels that are delivered together, unless a single one is longer. */
const BATCH_BYTES = 512 << 10
const MIN_SEGMENT_BYTES = 64 << 10
const SEGMENTS_IN_CAP = 16

/**
 * A queue on the disk: numbered files of checksummed frames, and a cursor that says up to where they have been delivered. First in,
 * first out; at least once. One process at a time (spool-folder.ts holds the lock).
 */
export class Spool {
  readonly #options: SpoolOptions
  readonly #segments: Segment[]
  readonly #turn = inTurn()
  readonly #losses: Loss[] = []
  /** What open() found damaged. */
  readonly damaged: number
  #writer: SegmentWriter | null = null
  #inHand: SpooledBatch | null = null
  #nextNumber: number

  private constructor(options: SpoolOptions, { segments, damaged }: Found, cursor: Cursor | null) {
    this.#options = options
    this.#segments = segments
    this.damaged = damaged
    // A number is never used twice: a cursor of old would pass over what is new.
    this.#nextNumber = Math.max(segments.at(-1)?.number ?? 0, cursor?.segment ?? 0) + 1
  }

  static async open(options: SpoolOptions): Promise<Spool> {
    const { folder, run } = options
    const cursor = await readCursor(folder)
    return new Spool(options, await scanSegments(folder, run, cursor), cursor)
  }

  /** On the disk, delivered or not. */
  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0)
  }

  /** Not delivered yet, what is in hand included. */
  get waiting(): { readonly own: number; readonly earlier: number } {
    const places = [...this.#segments, ...(this.#inHand ? [this.#inHand] : [])]
    const sum = (whose: 'own' | 'earlier'): number => places.reduce((count, { waiting }) => count + (waiting[whose]?.count ?? 0), 0)
    return { own: sum('own'), earlier: sum('earlier') }
  }

  /** What was given up since it was last asked. */
  takeLosses(): readonly Loss[] {
    return this.#losses.splice(0)
  }

  /** Puts a parcel at the end, or gives something up (takeLosses). Rejects where the disk does not take it. */
  append(parcel: Parcel): Promise<void> {
    return this.#turn(async () => {
      const frame = encodeFrame(encodeParcel(parcel))
      await this.#makeRoom(frame.length)
      if (this.bytes + frame.length > this.#options.capBytes) {
        this.#losses.push({ lost: { own: extentOfParcel(parcel) }, cause: this.#fullness() })
        return
      }
      const writer = await this.#writerFor(frame.length)
      await writer.append(frame)
      writer.segment.waiting = withParcel(writer.segment.waiting, parcel, this.#options.run)
    })
  }

  /** The oldest that is not delivered; the same again until it is settled. Null where there is nothing. */
  next(): Promise<SpooledBatch | null> {
    return this.#turn(async () => (this.#inHand ??= await this.#readNext()))
  }

  /** What `next` gave has been delivered, or given up for good; `account` runs at the moment when it no longer waits. */
  settle(account: (settled: SpooledBatch) => void): Promise<void> {
    return this.#turn(async () => {
      const settled = this.#inHand
      if (settled === null) return
      this.#inHand = null
      account(settled)
      if (!this.#segments.includes(settled.segment)) return
      await writeCursor(this.#options.folder, { segment: settled.segment.number, offset: settled.end })
    })
  }

  /** Makes durable what was appended; costs nothing where all of it has been delivered. */
  sync(): Promise<void> {
    return this.#turn(async () => {
      if (this.waiting.own + this.waiting.earlier > 0) await this.#writer?.sync()
    })
  }

  /** Leaves on the disk what waits; what was in hand and has nowhere to go back to is lost. */
  close(): Promise<void> {
    return this.#turn(async () => {
      if (this.#inHand && !this.#segments.includes(this.#inHand.segment)) {
        this.#losses.push({ lost: this.#inHand.waiting, cause: this.#fullness() })
        this.#inHand = null
      }
      const { own, earlier } = this.waiting
      try {
        await this.#writer?.sync()
      } finally {
        await this.#writer?.close()
      }
      if (own + earlier === 0) for (const segment of this.#segments) await rm(segment.path, { force: true })
    })
  }

  async #makeRoom(bytes: number): Promise<void> {
    const { capBytes, policy } = this.#options
    // What has been delivered goes in either case.
    while (this.bytes + bytes > capBytes) {
      const oldest = this.#segments[0]
      const isDelivered = oldest !== undefined && oldest.offset >= oldest.bytes
      if (oldest === undefined || bytes > capBytes || (policy === 'drop-newest' && !isDelivered)) break
      this.#giveUp(oldest, this.#fullness())
      await this.#remove(oldest)
    }
  }

  /** What waits in a segment is lost. */
  #giveUp(segment: Segment, cause: string): void {
    if (Object.keys(segment.waiting).length > 0) this.#losses.push({ lost: segment.waiting, cause })
    segment.waiting = {}
    segment.offset = segment.bytes
  }

  #fullness(): string {
    const { capBytes, policy } = this.#options
    return `the spool is full (${Math.round(capBytes / 1e6)} MB, ${policy})`
  }

  async #remove(segment: Segment): Promise<void> {
    if (this.#writer?.segment === segment) {
      await this.#writer.close()
      this.#writer = null
    }
    this.#segments.splice(this.#segments.indexOf(segment), 1)
    await rm(segment.path, { force: true })
  }

  async #writerFor(bytes: number): Promise<SegmentWriter> {
    const limit = Math.max(MIN_SEGMENT_BYTES, this.#options.capBytes / SEGMENTS_IN_CAP)
    if (this.#writer && this.#writer.segment.bytes > 0 && this.#writer.segment.bytes + bytes > limit) {
      await this.#writer.sync()
      await this.#writer.close()
      this.#writer = null
    }
    if (this.#writer) return this.#writer
    const number = this.#nextNumber++
    const segment: Segment = { number, path: join(this.#options.folder, segmentName(number)), bytes: 0, offset: 0, waiting: {} }
    this.#writer = await SegmentWriter.open(segment)
    this.#segments.push(segment)
    return this.#writer
  }

  async #readNext(): Promise<SpooledBatch | null> {
    for (let segment = this.#segments[0]; segment !== undefined; segment = this.#segments[0]) {
      while (segment.offset < segment.bytes) {
        const batch = await this.#readFrom(segment)
        if (batch) return batch
      }
      this.#giveUp(segment, 'its place in the spool is damaged')
      if (segment === this.#writer?.segment) return null
      await this.#remove(segment)
    }
    return null
  }

  /** The next frames of a segment; null where those were damaged, or none is left. */
  async #readFrom(segment: Segment): Promise<SpooledBatch | null> {
    const bytes = await readBytes(segment)
    const parcels: Parcel[] = []
    let waiting: Waiting = {}
    let end = 0
    for (let frame = frameAt(bytes, 0); frame !== null; frame = frameAt(bytes, end)) {
      end = frame.end
      const parcel = parcelIn(frame)
      if (parcel === null) continue
      parcels.push(parcel)
      waiting = withParcel(waiting, parcel, this.#options.run)
    }
    segment.offset = end === 0 ? segment.bytes : segment.offset + end
    segment.waiting = without(segment.waiting, waiting)
    return parcels.length === 0 ? null : { parcels, segment, end: segment.offset, waiting }
  }
}

/** Whole frames from the offset on: as many as a batch takes, or the one that is longer. Nothing where somebody has removed the file. */
async function readBytes({ path, offset, bytes }: Segment): Promise<Buffer> {
  const file = await open(path, 'r').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return null
    throw thrown
  })
  if (file === null) return Buffer.alloc(0)
  try {
    const read = async (length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    }
    const chunk = await read(Math.min(BATCH_BYTES, bytes - offset))
    const first = frameLengthAt(chunk, 0) ?? FRAME_HEAD_BYTES
    return first <= chunk.length ? chunk : await read(Math.min(first, bytes - offset))
  } finally {
    await file.close()
  }
}
