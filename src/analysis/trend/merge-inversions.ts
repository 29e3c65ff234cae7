/** Counts the pairs i < j with values[i] > values[j], in O(n log n). Ties are no inversions. */
export function countInversions(values: Float64Array): number {
  const work = values.slice()
  const spare = new Float64Array(values.length)
  let inversions = 0
  for (let width = 1; width < work.length; width *= 2) {
    for (let start = 0; start + width < work.length; start += 2 * width) {
      inversions += mergeRuns(work, spare, { start, middle: start + width, end: Math.min(start + 2 * width, work.length) })
    }
  }
  return inversions
}

/** Merges two sorted runs in place and counts how many pairs stood the wrong way round. */
function mergeRuns(
  work: Float64Array,
  spare: Float64Array,
  run: { readonly start: number; readonly middle: number; readonly end: number },
): number {
  let left = run.start
  let right = run.middle
  let inversions = 0
  for (let out = run.start; out < run.end; out++) {
    const takesLeft = right >= run.end || (left < run.middle && work[left]! <= work[right]!)
    if (!takesLeft) inversions += run.middle - left
    spare[out] = takesLeft ? work[left++]! : work[right++]!
  }
  work.set(spare.subarray(run.start, run.end), run.start)
  return inversions
}
