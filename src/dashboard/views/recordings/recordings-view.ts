import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Picture } from '../../picture.js'
import { clockText } from '../../rows/clock-text.js'
import { elapsedText } from '../../rows/duration-text.js'
import { countText } from '../../rows/steady-number.js'
import type { Row } from '../../rows/style.js'
import { NO_CHOICE, type NoChoice } from '../no-choice.js'
import { notKnown } from '../not-known.js'
import type { View } from '../view.js'

/** What is being recorded, and whether all of it arrived. */
export const RECORDINGS: View<NoChoice> = {
  id: 'recordings',
  title: 'recordings',
  about: 'what is being recorded, and what was dropped',
  keys: [],
  first: () => NO_CHOICE,
  restore: () => NO_CHOICE,
  compose(picture) {
    const { recording } = picture
    if (!recording) return { heading: [], rows: notKnown('nothing is being recorded', ['watch --record DIR records beside the dashboard']) }
    return {
      heading: [{ text: terminalSafe(recording.path, { maxWidth: 60 }), style: { colour: 'cyan' } }],
      rows: recordingRows(picture, recording),
    }
  },
}

function recordingRows(picture: Picture, { path, flushIntervalMs, tally }: NonNullable<Picture['recording']>): readonly Row[] {
  const { stored, buffered, dropped, drops, leftOut } = tally
  const fact = (name: string, text: string): Row => [{ text: ` ${name.padEnd(12)} `, style: { colour: 'grey' } }, { text }]
  const time = (at: number): string => clockText(at, picture.utcOffsetMinutes)
  const marks = picture.live.events.filter(({ event }) => event === 'mark').length
  return [
    fact('folder', terminalSafe(path, { maxWidth: 200 })),
    fact('for', elapsedText(picture.elapsedMs)),
    fact('taken', countText(stored + buffered + dropped)),
    fact('stored', countText(stored)),
    fact('in flight', `${countText(buffered)}, written every ${flushIntervalMs} ms`),
    fact('dropped', countText(dropped)),
    ...(leftOut === undefined ? [] : [fact('left out', `${countText(leftOut)} that said nothing new`)]),
    fact('marks', countText(marks)),
    ...drops.map(
      (drop): Row => [
        { text: ` ✗ ${countText(drop.count)} dropped`, style: { colour: 'red' } },
        { text: `  ${time(drop.from)}–${time(drop.to)}: ${terminalSafe(drop.cause, { maxWidth: 120 })}` },
      ],
    ),
  ]
}
