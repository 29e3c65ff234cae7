import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { MANIFEST_FILE } from '../readings/recording-layout.js'

const HEAD_BYTES = 4096

/** A recording counts as one file: its parts are none. Other programs have a manifest.json too. */
export async function isRecording(folder: string): Promise<boolean> {
  const manifest = await open(join(folder, MANIFEST_FILE)).catch(() => null)
  if (manifest === null) return false
  try {
    const { buffer, bytesRead } = await manifest.read(Buffer.alloc(HEAD_BYTES))
    return buffer.toString('utf8', 0, bytesRead).includes('chatterfix/recording')
  } finally {
    await manifest.close()
  }
}
