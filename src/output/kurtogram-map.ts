import type { Kurtogram } from '../analysis/bearing/kurtogram.js'
import { numberText } from './number-text.js'

const SHADES = { blocks: [' ', '░', '▒', '▓', '█'], ascii: [' ', '.', ':', '*', '#'] } as const
const GUTTER = 12

export interface MapStyle {
  /** Of the whole picture. */
  readonly columns: number
  readonly shades: keyof typeof SHADES
}

/** A kurtogram as a map: a row a level, frequency to the right, the darker the more impulsive; a pointer under the strongest band. */
export function kurtogramMap({ levels, max }: Kurtogram, style: MapStyle): string {
  const columns = Math.max(20, style.columns - GUTTER)
  const shades = SHADES[style.shades]
  const [side, corner, rule, pointer] = style.shades === 'ascii' ? ['|', '+', '-', '^'] : ['│', '└', '─', '▲']
  const highest = Math.max(max.kurtosis, Number.MIN_VALUE)
  const maxHz = (levels[0]?.bandwidthHz ?? 0) * (levels[0]?.kurtosis.length ?? 0)
  const rows = levels.map(({ level, kurtosis }) => {
    const cells = Array.from({ length: columns }, (_, column) => {
      const from = Math.floor((column * kurtosis.length) / columns)
      const to = Math.max(from + 1, Math.floor(((column + 1) * kurtosis.length) / columns))
      const strongest = Math.max(...kurtosis.slice(from, to))
      return shades[Math.min(shades.length - 1, Math.floor((strongest / highest) * shades.length))] ?? ' '
    })
    return `${`level ${level.toFixed(1)}`.padStart(GUTTER - 2)} ${side}${cells.join('')}`.trimEnd()
  })
  const at = Math.min(columns - 1, Math.floor((max.centreHz / maxHz) * columns))
  return [
    ...rows,
    `${' '.repeat(GUTTER - 1)}${corner}${rule.repeat(columns)}`,
    `${' '.repeat(GUTTER + at)}${pointer}`,
    `${' '.repeat(GUTTER)}0${`${numberText(maxHz)} Hz`.padStart(columns - 1)}`,
  ].join('\n')
}
