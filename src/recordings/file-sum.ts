import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'

const PIECE_BYTES = 256 * 1024

export interface FileSum {
  readonly bytes: number
  readonly sha256: string
}

/** Reads a whole file through one small buffer: large parts leave no garbage behind. @throws the signal's reason, between two pieces. */
export async function sumOfFile(path: string, signal?: AbortSignal): Promise<FileSum> {
  const file = await open(path, 'r')
  try {
    return await sumOfHandle(file, signal)
  } finally {
    await file.close()
  }
}

/** The same of a file that is open. */
async function sumOfHandle(file: FileHandle, signal?: AbortSignal): Promise<FileSum> {
  const { size } = await file.stat()
  const buffer = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, size + 1))
  const hash = createHash('sha256')
  let bytes = 0
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead } = await file.read(buffer, 0, buffer.length, bytes)
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') }
    hash.update(buffer.subarray(0, bytesRead))
    bytes += bytesRead
  }
}

/** Brings a file to the disk and takes its sum, a piece at a time. */
export async function sealFile(path: string): Promise<FileSum> {
  const file = await open(path, 'r+')
  try {
    const sum = await sumOfHandle(file)
    await file.sync()
    return sum
  } finally {
    await file.close()
  }
}
