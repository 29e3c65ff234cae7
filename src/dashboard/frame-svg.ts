import { displayWidth } from '../output/display-width.js'
import { BACKGROUND, colourOf, DIM_OPACITY, type ScreenCell } from './frame-theme.js'

const CELL_WIDTH = 8.4
const CELL_HEIGHT = 18
const FONT_SIZE = 14
const PADDING = 12

/** A terminal's screen as an SVG picture: text stays text, one `<text>` per word of equal looks, every word pinned to its columns. */
export function frameSvg(screen: readonly (readonly ScreenCell[])[], title: string): string {
  const columns = Math.max(1, ...screen.map((row) => row.length))
  const width = Math.ceil(columns * CELL_WIDTH + 2 * PADDING)
  const height = screen.length * CELL_HEIGHT + 2 * PADDING
  const rows = screen.map((row, index) => rowSvg(row, PADDING + index * CELL_HEIGHT))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${FONT_SIZE}" xml:space="preserve">`,
    ...rows.filter((row) => row !== ''),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

interface Run {
  readonly from: number
  readonly columns: number
  readonly text: string
  readonly cell: ScreenCell
}

function rowSvg(row: readonly ScreenCell[], top: number): string {
  return runsOf(row)
    .map((run) => runSvg(run, top))
    .join('')
}

function runsOf(row: readonly ScreenCell[]): readonly Run[] {
  const runs: Run[] = []
  row.forEach((cell, column) => {
    const last = runs.at(-1)
    if (last && looksAlike(last.cell, cell)) runs[runs.length - 1] = { ...last, columns: last.columns + 1, text: last.text + cell.text }
    else runs.push({ from: column, columns: 1, text: cell.text, cell })
  })
  return runs.filter(({ text, cell }) => cell.field === 'reverse' || text.trim() !== '')
}

function looksAlike(a: ScreenCell, b: ScreenCell): boolean {
  const areWordsApart = a.field === 'normal' && (a.text === ' ') !== (b.text === ' ')
  return a.colour === b.colour && a.weight === b.weight && a.field === b.field && !areWordsApart
}

function runSvg({ from, columns, text, cell }: Run, top: number): string {
  const x = (PADDING + from * CELL_WIDTH).toFixed(1)
  const width = (columns * CELL_WIDTH).toFixed(1)
  const colour = colourOf(cell)
  const field = cell.field === 'reverse' ? `<rect x="${x}" y="${top}" width="${width}" height="${CELL_HEIGHT}" fill="${colour}"/>` : ''
  const weight = cell.weight === 'bold' ? ' font-weight="bold"' : cell.weight === 'dim' ? ` opacity="${DIM_OPACITY}"` : ''
  const fill = cell.field === 'reverse' ? BACKGROUND : colour
  const y = top + CELL_HEIGHT - 5
  // `textLength` keeps the columns in line where the reader's font is wider or narrower than ours.
  const word = text.trim()
  if (word === '') return field
  const indent = text.length - text.trimStart().length
  return `${field}<text x="${(PADDING + (from + indent) * CELL_WIDTH).toFixed(1)}" y="${y}" fill="${fill}"${weight} textLength="${(displayWidth(word) * CELL_WIDTH).toFixed(1)}" lengthAdjust="spacingAndGlyphs">${escapeXml(word)}</text>`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
