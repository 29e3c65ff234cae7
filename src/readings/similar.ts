/**
 * The candidate that somebody probably meant; undefined where none is near.
 * Near: the same but for case, or at most a third of its letters away (Damerau–Levenshtein, restricted).
 */
export function similar(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly distance: number } | undefined
  const wanted = word.toLowerCase().slice(0, 64)
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase().slice(0, 64))
    const near = distance <= Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3))
    const tooShort = Math.min(wanted.length, candidate.length) <= distance
    if (near && !tooShort && (best === undefined || distance < best.distance)) best = { candidate, distance }
  }
  return best?.candidate
}

function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const swap = a[row - 1] === b[column - 1] ? 0 : 1
      const crossed = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + swap,
          crossed ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}
