import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'

/** A picture of few colours. */
export interface IndexedPicture {
  readonly width: number
  readonly height: number
  /** `#rrggbb`, at most 256. */
  readonly palette: readonly string[]
  /** Index into the palette. Shape (height · width,), row by row. */
  readonly pixels: Uint8Array
  /** In Latin-1; told by viewers, never drawn. */
  readonly title: string
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const
const INDEXED = 3

/**
 * A PNG file. Compressed on a thread of its own, as nothing may wait for a picture.
 *
 * @see W3C, Portable Network Graphics (PNG) Specification, third edition: §5 (chunks), §11.2 (IHDR, PLTE, IDAT, IEND), §11.3.3 (tEXt)
 */
export async function pngFile({ width, height, palette, pixels, title }: IndexedPicture): Promise<Uint8Array> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  header[9] = INDEXED
  const lines = Buffer.alloc(height * (width + 1))
  // Each line begins with its filter: none, which suits large fields of one index best.
  for (let row = 0; row < height; row++) lines.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1)
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.concat([Buffer.from('Title\0'), Buffer.from(title, 'latin1')])),
    chunk('PLTE', Buffer.from(palette.map((colour) => colour.slice(1)).join(''), 'hex')),
    chunk('IDAT', await promisify(deflate)(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(content.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}
