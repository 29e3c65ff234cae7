import { coordinate } from './svg-text.js'

type Scale = (value: number) => number

/** A spectrum as one path: the strongest value of each pixel column. `values[k]` lies at k·step. */
export function highestPath(
  values: ArrayLike<number>,
  step: number,
  range: { readonly low: number; readonly high: number },
  at: { readonly atX: Scale; readonly atY: Scale },
): string {
  const first = Math.max(0, Math.ceil(range.low / step))
  const last = Math.min(values.length - 1, Math.floor(range.high / step))
  const points: string[] = []
  let column = Number.NaN
  let strongest = Number.NEGATIVE_INFINITY
  for (let k = first; k <= last; k++) {
    const x = Math.round(at.atX(k * step) * 2) / 2
    if (x !== column && !Number.isNaN(column)) {
      points.push(`${coordinate(column)} ${coordinate(at.atY(strongest))}`)
      strongest = Number.NEGATIVE_INFINITY
    }
    column = x
    strongest = Math.max(strongest, values[k] ?? strongest)
  }
  if (!Number.isNaN(column)) points.push(`${coordinate(column)} ${coordinate(at.atY(strongest))}`)
  return points.length === 0 ? '' : `<path class="curve" d="M${points.join('L')}"/>`
}

/** A waveform as the area between the least and the most of each pixel column: no peak is lost. */
export function envelopePath(samples: ArrayLike<number>, columns: number, at: { readonly atX: Scale; readonly atY: Scale }): string {
  const upper: string[] = []
  const lower: string[] = []
  const count = Math.min(columns, samples.length)
  for (let column = 0; column < count; column++) {
    const from = Math.floor((column * samples.length) / count)
    const to = Math.max(from + 1, Math.floor(((column + 1) * samples.length) / count))
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    // One sample over the edge joins neighbouring columns.
    for (let k = from; k < Math.min(samples.length, to + 1); k++) {
      const value = samples[k] ?? 0
      if (value < least) least = value
      if (value > most) most = value
    }
    const x = coordinate(at.atX(from))
    upper.push(`${x} ${coordinate(at.atY(most))}`)
    lower.push(`${x} ${coordinate(at.atY(least))}`)
  }
  return `<path class="area" d="M${[...upper, ...lower.reverse()].join('L')}Z"/>`
}
