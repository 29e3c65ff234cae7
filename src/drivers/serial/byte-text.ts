/** What one escape stands for. */
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, '0': 0, '\\': 92 }

/**
 * Bytes of a text as people write it: `MEAS?\n`, `\x02R1\x03`. Characters beyond ASCII are sent as UTF-8.
 * @returns undefined where an escape means nothing
 */
export function bytesOfText(text: string): Uint8Array | undefined {
  const parts: Uint8Array[] = []
  const encoder = new TextEncoder()
  for (const [part] of text.matchAll(/\\x[0-9a-fA-F]{2}|\\.?|[^\\]+/gs)) {
    if (!part.startsWith('\\')) parts.push(encoder.encode(part))
    else if (part.length === 4) parts.push(Uint8Array.of(Number.parseInt(part.slice(2), 16)))
    else {
      const code = ESCAPES[part.slice(1)]
      if (code === undefined) return undefined
      parts.push(Uint8Array.of(code))
    }
  }
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

/** Bytes as people read them: printable ASCII as it is, the rest as `\r`, `\n`, `\xHH`. */
export function textOfBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => {
    if (byte === 13) return '\\r'
    if (byte === 10) return '\\n'
    if (byte === 92) return '\\\\'
    return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`
  }).join('')
}

/** Text of a device: UTF-8 where it is that, else a character a byte (ISO 8859-1), so that nothing is lost. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}
