import type { FileHandle } from 'node:fs/promises'

/** Bytes that can be read anywhere: a file, or what was unpacked from it. */
export interface ByteSource {
  readonly size: number
  /** Fewer bytes than asked where the source ends. */
  read(at: number, length: number): Promise<Uint8Array>
}

export async function bytesOfFile(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat()
  return {
    size,
    async read(at, length) {
      const wanted = Math.max(0, Math.min(length, size - at))
      const bytes = new Uint8Array(wanted)
      let done = 0
      while (done < wanted) {
        const { bytesRead } = await file.read(bytes, done, wanted - done, at + done)
        if (bytesRead === 0) break
        done += bytesRead
      }
      return bytes.subarray(0, done)
    },
  }
}

export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)) }
}
