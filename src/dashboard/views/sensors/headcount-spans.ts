import type { Headcount } from '../../live/condition.js'
import { countText } from '../../rows/steady-number.js'
import type { Row, Style } from '../../rows/style.js'

/** `  2 warning  1 bad`: only what there is. */
export function headcountSpans(counts: Headcount): Row {
  const part = (count: number, word: string, style: Style): Row => (count === 0 ? [] : [{ text: `  ${countText(count)} ${word}`, style }])
  return [
    ...part(counts.critical, 'critical', { colour: 'red', weight: 'bold' }),
    ...part(counts.warning, 'warning', { colour: 'yellow' }),
    ...part(counts.bad, 'bad', { colour: 'red' }),
    ...part(counts.stale, 'stale', { colour: 'yellow' }),
    ...part(counts.waiting, 'waiting', { colour: 'grey' }),
  ]
}
