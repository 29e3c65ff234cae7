import type { FileHandle } from 'node:fs/promises'
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib'

/** Sizes stand behind each entry (APPNOTE 4.4.4, bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808
const DEFLATE = 8
/** 1980-01-01: the same input gives the same bytes. */
const DOS_DATE = 0x21

interface Entry {
  readonly name: Buffer
  readonly offset: number
  crc: number
  packed: number
  unpacked: number
}

/** Writes a ZIP archive entry by entry, in constant memory. Entries and archive stay below 4 GiB. */
export class ZipWriter {
  readonly #file: FileHandle
  readonly #entries: Entry[] = []
  #at = 0
  #deflate: DeflateRaw | null = null
  #draining: Promise<void> = Promise.resolve()

  constructor(file: FileHandle) {
    this.#file = file
  }

  async begin(name: string): Promise<void> {
    const entry: Entry = { name: Buffer.from(name), offset: this.#at, crc: 0, packed: 0, unpacked: 0 }
    this.#entries.push(entry)
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(20, 4)
    header.writeUInt16LE(FLAGS, 6)
    header.writeUInt16LE(DEFLATE, 8)
    header.writeUInt16LE(DOS_DATE, 12)
    header.writeUInt16LE(entry.name.length, 26)
    await this.#append(Buffer.concat([header, entry.name]))
    const deflate = createDeflateRaw({ level: 3 })
    this.#deflate = deflate
    this.#draining = this.#drain(deflate, entry)
    // Whoever writes or ends awaits it; until then a failure is no unhandled one.
    this.#draining.catch(() => deflate.destroy())
  }

  async write(text: string): Promise<void> {
    const entry = this.#entries.at(-1)
    if (entry === undefined || this.#deflate === null) return
    const bytes = Buffer.from(text)
    entry.crc = crc32(bytes, entry.crc)
    entry.unpacked += bytes.length
    if (!this.#deflate.write(bytes)) await Promise.race([drained(this.#deflate), this.#draining])
  }

  async end(): Promise<void> {
    const entry = this.#entries.at(-1)
    if (entry === undefined || this.#deflate === null) return
    this.#deflate.end()
    await this.#draining
    this.#deflate = null
    const descriptor = Buffer.alloc(16)
    descriptor.writeUInt32LE(0x08074b50, 0)
    descriptor.writeUInt32LE(entry.crc, 4)
    descriptor.writeUInt32LE(entry.packed, 8)
    descriptor.writeUInt32LE(entry.unpacked, 12)
    await this.#append(descriptor)
  }

  /** Writes the directory; nothing may follow. */
  async finish(): Promise<void> {
    const start = this.#at
    for (const entry of this.#entries) await this.#append(Buffer.concat([directoryRow(entry), entry.name]))
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(this.#entries.length, 8)
    end.writeUInt16LE(this.#entries.length, 10)
    end.writeUInt32LE(this.#at - start, 12)
    end.writeUInt32LE(start, 16)
    await this.#append(end)
  }

  async #drain(deflate: DeflateRaw, entry: Entry): Promise<void> {
    for await (const piece of deflate) {
      entry.packed += (piece as Buffer).length
      await this.#append(piece as Buffer)
    }
  }

  async #append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; )
      done += (await this.#file.write(bytes, done, bytes.length - done, this.#at + done)).bytesWritten
    this.#at += bytes.length
  }
}

function directoryRow({ name, offset, crc, packed, unpacked }: Entry): Buffer {
  const row = Buffer.alloc(46)
  row.writeUInt32LE(0x02014b50, 0)
  row.writeUInt16LE(20, 4)
  row.writeUInt16LE(20, 6)
  row.writeUInt16LE(FLAGS, 8)
  row.writeUInt16LE(DEFLATE, 10)
  row.writeUInt16LE(DOS_DATE, 14)
  row.writeUInt32LE(crc, 16)
  row.writeUInt32LE(packed, 20)
  row.writeUInt32LE(unpacked, 24)
  row.writeUInt16LE(name.length, 28)
  row.writeUInt32LE(offset, 42)
  return row
}

async function drained(stream: DeflateRaw): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  stream.on('drain', resolve).on('close', resolve)
  await promise
  stream.off('drain', resolve).off('close', resolve)
}
