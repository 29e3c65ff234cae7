import type { ChartStyle } from '../output/curve-chart.js'
import { paintFor } from './paint.js'

interface Screen {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
}

/** Size and looks of a chart for a screen, or for where no screen is. */
export function chartStyle(
  wishes: { readonly width?: number | undefined; readonly ascii: boolean },
  screen: Screen,
  env: Readonly<Record<string, string | undefined>>,
): ChartStyle {
  const paint = paintFor(screen, env)
  return {
    columns: Math.max(40, wishes.width ?? screen.columns ?? 80),
    // The prompt, the axis and the number of rows want their lines too.
    rows: (screen.rows ?? 30) - 6,
    dots: wishes.ascii || env['TERM'] === 'linux' ? 'ascii' : 'braille',
    paint: { curve: (text) => paint.cyan(text), label: (text) => paint.dim(text) },
  }
}
