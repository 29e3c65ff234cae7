import { inflateSync } from 'node:zlib'

export interface DecodedPng {
  readonly width: number
  readonly height: number
  readonly chunks: readonly string[]
  /** `#rrggbb` at a pixel. */
  readonly at: (x: number, y: number) => string
}

/** Reads an indexed, unfiltered PNG by the letter of the specification; throws where a checksum is wrong. */
export function decodePng(file: Uint8Array): DecodedPng {
  const bytes = Buffer.from(file)
  if (bytes.subarray(0, 8).toString('latin1') !== '\u0089PNG\r\n\u001a\n') throw new Error('no PNG')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.subarray(at + 4, at + 8).toString('latin1')
    if (bytes.readUInt32BE(at + 8 + length) !== crcOf(bytes.subarray(at + 4, at + 8 + length))) throw new Error(`checksum of ${type}`)
    chunks.set(type, bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  const header = chunks.get('IHDR') ?? Buffer.alloc(13)
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  if (header.subarray(8).toString('hex') !== '0803000000')
    throw new Error('not 8 bits, indexed, deflated, unfiltered by method 0, not interlaced')
  const lines = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  if (lines.length !== height * (width + 1)) throw new Error(`${lines.length} bytes of ${width} × ${height}`)
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0)
  const at = (x: number, y: number): string => {
    if (lines[y * (width + 1)] !== 0) throw new Error('a filter')
    const index = lines[y * (width + 1) + 1 + x] ?? 0
    return `#${palette.subarray(3 * index, 3 * index + 3).toString('hex')}`
  }
  return { width, height, chunks: [...chunks.keys()], at }
}

/** The sample code of the PNG specification, annex D, bit by bit. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
