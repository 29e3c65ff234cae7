import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Picture } from '../../picture.js'
import { clockText } from '../../rows/clock-text.js'
import { countText } from '../../rows/steady-number.js'
import type { Row } from '../../rows/style.js'
import { factRow, greyRow } from '../fact-row.js'
import { settleChoice } from '../list-choice.js'
import { notKnown } from '../not-known.js'
import { promptRows } from '../prompt.js'
import type { View } from '../view.js'
import { namesOf, RECORDING_KEYS, typeAnswer } from './recording-keys.js'
import { FIRST_RECORDINGS, type RecordingsPrompt, type RecordingsState } from './recordings-state.js'
import { replayRows } from './replay-rows.js'
import { SHELF_FRAME_ROWS, shelfRows } from './shelf-rows.js'

/** What is being recorded or replayed, and whether all of it arrived. */
export const RECORDINGS: View<RecordingsState> = {
  id: 'recordings',
  title: 'recordings',
  about: 'record, mark, replay: what is kept, and what was dropped',
  keys: RECORDING_KEYS,
  first: () => FIRST_RECORDINGS,
  restore: () => FIRST_RECORDINGS,
  typing: typeAnswer,
  compose(picture, { state, size }) {
    const { work, utcOffsetMinutes } = picture
    const asked = state.prompt ? promptRows(QUESTIONS[state.prompt.kind], state.prompt, size.columns) : []
    const { heading, now } = nowRows(picture, size.columns)
    const rows = [...asked, ...now]
    const facts = work.shelf?.ask()
    if (!facts) return { heading, rows }
    const room = Math.max(LEAST_SHELF_ROWS, size.rows - rows.length - 1)
    const settled = settleChoice(state, namesOf(picture), room - SHELF_FRAME_ROWS)
    const shelf = shelfRows(facts, { ...settled, columns: size.columns, rows: room, utcOffsetMinutes })
    // What runs gives way to the list where there is room for one of them only, as the header tells of what runs as well.
    const kept = rows.slice(0, Math.max(asked.length + 1, size.rows - shelf.length - 1))
    return { heading, rows: [...kept, greyRow(''), ...shelf], state: settled }
  },
}

/** A head line, the names' line and two recordings. */
const LEAST_SHELF_ROWS = SHELF_FRAME_ROWS + 2

/** What is recorded or replayed right now. */
function nowRows(picture: Picture, columns: number): { readonly heading: Row; readonly now: readonly Row[] } {
  const { recording, work, utcOffsetMinutes } = picture
  if (work.replay) {
    const heading: Row = [{ text: terminalSafe(picture.title, { maxWidth: 60 }), style: { colour: 'cyan' } }]
    return { heading, now: [...replayRows(work.replay, { columns, utcOffsetMinutes }), greyRow(''), ...markRows(picture)] }
  }
  const rows = recording ? [...recordingRows(picture, recording), ...markRows(picture)] : noneRows(picture, columns)
  const heading: Row = recording ? [{ text: terminalSafe(recording.path, { maxWidth: 60 }), style: { colour: 'cyan' } }] : []
  return { heading, now: [...rows, ...madeRows(picture)] }
}

const QUESTIONS: Readonly<Record<RecordingsPrompt['kind'], string>> = {
  folder: 'record into',
  'really-end': 'end the recording? y or n',
  mark: 'mark',
  time: 'go to',
}
const MARKS_SHOWN = 20

function noneRows({ work }: Picture, columns: number): readonly Row[] {
  return notKnown('nothing is being recorded', columns, [
    work.recorder ? 'r records from now on; watch --record DIR from the start' : 'watch --record DIR records beside the dashboard',
  ])
}

function recordingRows(picture: Picture, { path, flushIntervalMs, tally }: NonNullable<Picture['recording']>): readonly Row[] {
  const { stored, buffered, dropped, drops, leftOut } = tally
  const time = (at: number): string => clockText(at, picture.utcOffsetMinutes)
  const marks = picture.live.events.filter(({ event }) => event === 'mark').length
  return [
    factRow('folder', path),
    factRow('taken', countText(stored + buffered + dropped)),
    factRow('stored', countText(stored)),
    factRow('in flight', `${countText(buffered)}, written every ${flushIntervalMs} ms`),
    factRow('dropped', countText(dropped)),
    ...(leftOut ? [factRow('left out', `${countText(leftOut)} that said nothing new`)] : []),
    factRow('marks', countText(marks)),
    ...drops.map(
      (drop): Row => [
        { text: ` ✗ ${countText(drop.count)} dropped`, style: { colour: 'red' } },
        { text: `  ${time(drop.from)}–${time(drop.to)}: ${terminalSafe(drop.cause, { maxWidth: 120 })}` },
      ],
    ),
  ]
}

/** The latest marks, the newest first. */
function markRows({ live, utcOffsetMinutes }: Picture): readonly Row[] {
  const marks = live.events.filter(({ event }) => event === 'mark').toReversed()
  return marks.slice(0, MARKS_SHOWN).map((mark): Row => {
    return [
      { text: ` ${clockText(mark.at, utcOffsetMinutes)} `, style: { colour: 'grey' } },
      { text: `⚑ ${terminalSafe(mark.text, { maxWidth: 200 })}` },
    ]
  })
}

function madeRows({ work }: Picture): readonly Row[] {
  const made = work.recorder?.made ?? []
  return made.toReversed().map(({ folder, stored, dropped }) => {
    return factRow('made', `${folder}: ${countText(stored)} stored${dropped === 0 ? '' : `, ${countText(dropped)} dropped`}`)
  })
}
