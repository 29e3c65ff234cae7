import type { ReplayFacts } from '../../../readings/replay-pace.js'
import { clockText } from '../../rows/clock-text.js'
import { elapsedText } from '../../rows/duration-text.js'
import type { Row } from '../../rows/style.js'
import { factRow } from '../fact-row.js'

/** How a replay stands, in two words. */
export function replayWord({ state, speed }: ReplayFacts): string {
  if (state === 'at-the-end') return '■ at the end'
  const pace = speed === 'max' ? 'as fast as it is read' : `×${speed}`
  return state === 'paused' ? `⏸ paused ${pace}` : `▶ replay ${pace}`
}

export function replayRows(
  replay: ReplayFacts,
  { columns, utcOffsetMinutes }: { readonly columns: number; readonly utcOffsetMinutes: number },
): readonly Row[] {
  const { position, span } = replay
  const time = (at: number): string => clockText(at, utcOffsetMinutes)
  const state: Row = [{ text: ` ${replayWord(replay)}`, style: { colour: 'magenta', weight: 'bold' } }]
  if (!span || position === null) return [state]
  const done = span.to > span.from ? Math.max(0, Math.min(1, (position - span.from) / (span.to - span.from))) : 1
  const width = Math.max(4, columns - 24)
  const cells = Math.round(done * (width - 1))
  return [
    state,
    [
      { text: ` ${time(span.from)} `, style: { colour: 'grey' } },
      { text: `${'━'.repeat(cells)}●`, style: { colour: 'magenta' } },
      { text: `${'─'.repeat(width - 1 - cells)} ${time(span.to)}`, style: { colour: 'grey' } },
    ],
    factRow('at', `${time(position)}, ${elapsedText((position - span.from) / 1000)} of ${elapsedText((span.to - span.from) / 1000)}`),
  ]
}
