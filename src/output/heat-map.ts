/** Shades from nothing to most; blocks where a terminal has them. */
const SHADES = { blocks: [' ', '░', '▒', '▓', '█'], ascii: [' ', '.', ':', '*', '#'] } as const

export interface HeatMapStyle {
  /** Of the whole picture. */
  readonly columns: number
  readonly rows: number
  readonly shades: keyof typeof SHADES
}

const GUTTER = 11

/**
 * Values over two axes as shades, first row at the top; of what falls into one cell the greatest is shown.
 *
 * @param cells rows of the same length, 0 … 1.
 * @param axes.left  what stands before the row at a share of the height; `right` ends the axis below; `pointAt` points at a share of the width.
 */
export function heatMap(
  cells: readonly (readonly number[])[],
  axes: { readonly left: (row: number) => string; readonly right: string; readonly pointAt?: number },
  style: HeatMapStyle,
): string[] {
  const columns = Math.max(20, style.columns - GUTTER - 1)
  const rows = Math.max(1, Math.min(style.rows, cells.length))
  const shades = SHADES[style.shades]
  const [side, corner, rule, pointer] = style.shades === 'ascii' ? ['|', '+', '-', '^'] : ['│', '└', '─', '▲']
  const drawn = Array.from({ length: rows }, (_, row) => {
    const from = Math.floor((row * cells.length) / rows)
    const merged = cells.slice(from, Math.max(from + 1, Math.floor(((row + 1) * cells.length) / rows)))
    const width = merged[0]?.length ?? 0
    const line = Array.from({ length: columns }, (__, column) => {
      const first = Math.floor((column * width) / columns)
      const last = Math.max(first + 1, Math.floor(((column + 1) * width) / columns))
      let strongest = 0
      for (const cell of merged) for (let k = first; k < last; k++) strongest = Math.max(strongest, cell[k] ?? 0)
      return shades[Math.min(shades.length - 1, Math.floor(strongest * shades.length))] ?? ' '
    })
    return `${axes.left(from).padStart(GUTTER - 1)} ${side}${line.join('')}`.trimEnd()
  })
  return [
    ...drawn,
    `${' '.repeat(GUTTER)}${corner}${rule.repeat(columns)}`,
    ...(axes.pointAt === undefined
      ? []
      : [`${' '.repeat(GUTTER + 1 + Math.min(columns - 1, Math.floor(axes.pointAt * columns)))}${pointer}`]),
    `${' '.repeat(GUTTER + 1)}0${axes.right.padStart(columns - 1)}`,
  ]
}
