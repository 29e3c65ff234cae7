/** Length of an answer's PDU: known, or at least so much (more has to come first), or these bytes answer something else. */
export type AnswerLength = number | { readonly atLeast: number } | 'impossible'

const EXCEPTION = 2

/**
 * How long the answer to `asked` is, from what has come of it so far (V1.1b3, 6): functions that are asked for a known quantity allow one length only.
 * @param came  the PDU of the answer, perhaps cut short, perhaps with bytes of other things behind it.
 */
export function answerLength(asked: Uint8Array, came: Uint8Array): AnswerLength {
  const [code = 0] = asked
  if (came[0] === (code | 0x80)) return EXCEPTION
  if (came[0] !== undefined && came[0] !== code) return 'impossible'
  const expected = expectedCount(asked)
  if (expected !== null) return came[1] === undefined || came[1] === expected ? 2 + expected : 'impossible'
  switch (code) {
    case 5:
    case 6:
    case 15:
    case 16:
      return startsLike(came, asked, 5) ? 5 : 'impossible'
    case 22:
      return startsLike(came, asked, 7) ? 7 : 'impossible'
    case 43:
      return identificationLength(came)
    default:
      // Functions 17, 12, 20 and the makers' own: a count of bytes comes second.
      return came[1] === undefined ? { atLeast: 2 } : 2 + came[1]
  }
}

/** Bytes of values that functions 1–4 and 23 were asked for; null for others. */
export function expectedCount(asked: Uint8Array): number | null {
  const [code, , , high = 0, low = 0] = asked
  const quantity = (high << 8) | low
  if (code === 1 || code === 2) return Math.ceil(quantity / 8)
  return code === 3 || code === 4 || code === 23 ? quantity * 2 : null
}

/** 43/14 tells its length object by object (V1.1b3, 6.21). */
function identificationLength(came: Uint8Array): AnswerLength {
  if (came[1] !== undefined && came[1] !== 14) return 'impossible'
  let length = 7
  if (came.length < length) return { atLeast: length }
  for (let left = came[6] ?? 0; left > 0; left--) {
    const size = came[length + 1]
    if (size === undefined) return { atLeast: length + 2 }
    length += 2 + size
    if (length > 253) return 'impossible'
  }
  return length
}

/** A write is answered with the beginning of what was asked. */
function startsLike(came: Uint8Array, asked: Uint8Array, length: number): boolean {
  return came.subarray(0, length).every((byte, index) => byte === asked[index])
}
