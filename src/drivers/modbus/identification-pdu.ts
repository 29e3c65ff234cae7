import { exceptionOf, PduError } from './pdu.js'

/** Names of the objects of function 43/14 (specification V1.1b3, 6.21). */
export const IDENTIFICATION_OBJECTS: Readonly<Record<number, string>> = {
  0: 'VendorName',
  1: 'ProductCode',
  2: 'MajorMinorRevision',
  3: 'VendorUrl',
  4: 'ProductName',
  5: 'ModelName',
  6: 'UserApplicationName',
}

export interface IdentificationPart {
  /** By object id. */
  readonly objects: ReadonlyMap<number, string>
  /** Object to ask for next; null where that was all. */
  readonly next: number | null
}

/** Function 43/14 as a stream: `level` 1 asks for the basic objects, 2 for the regular ones too, 3 for the maker's own. */
export function identificationRequest(level: 1 | 2 | 3, from: number): Uint8Array {
  return Uint8Array.of(43, 14, level, from)
}

/**
 * Reply to function 43/14.
 * @returns null where the device refuses (an exception).
 * @throws PduError where its lengths do not add up.
 */
export function parseIdentification(pdu: Uint8Array): IdentificationPart | null {
  if (exceptionOf(pdu, 43) !== null) return null
  if (pdu[1] !== 14 || pdu.length < 7) throw new PduError('the reply to 43/14 is cut short')
  const objects = new Map<number, string>()
  let at = 7
  for (let index = 0; index < (pdu[6] ?? 0); index++) {
    const id = pdu[at]
    const length = pdu[at + 1]
    if (id === undefined || length === undefined || at + 2 + length > pdu.length) throw new PduError('an object of 43/14 is cut short')
    objects.set(id, readableText(pdu.subarray(at + 2, at + 2 + length)))
    at += 2 + length
  }
  return { objects, next: pdu[4] === 0xff ? (pdu[5] ?? null) : null }
}

/** Function 17: whatever the maker put there. */
export function serverIdRequest(): Uint8Array {
  return Uint8Array.of(17)
}

/**
 * The readable stretch of a reply to function 17; the rest has no common form (specification V1.1b3, 6.13).
 * @returns null where the device refuses; empty where nothing in it is readable.
 */
export function parseServerId(pdu: Uint8Array): string | null {
  if (exceptionOf(pdu, 17) !== null) return null
  if (pdu.length < 2 || pdu.length !== (pdu[1] ?? 0) + 2) throw new PduError('the reply to function 17 has a wrong length')
  const stretches = readableText(pdu.subarray(2)).match(/[\x20-\x7e]{3,}/g) ?? []
  return stretches.reduce((longest, stretch) => (stretch.length > longest.length ? stretch : longest), '').trim()
}

/** UTF-8 where it is that, else Latin-1; without the zeros and blanks that devices pad with. */
function readableText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes)
  const utf8 = text.toString('utf8')
  return (utf8.includes('�') ? text.toString('latin1') : utf8).replace(/[\0\s]+$/, '').replace(/^\0+/, '')
}
