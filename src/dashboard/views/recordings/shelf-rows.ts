import { fitWidth } from '../../../output/display-width.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import { clockText, dateText } from '../../rows/clock-text.js'
import { elapsedText } from '../../rows/duration-text.js'
import { fitRow } from '../../rows/fit-row.js'
import { countText } from '../../rows/steady-number.js'
import type { Row, Style } from '../../rows/style.js'
import type { ShelfFacts, ShelvedRecording } from '../../work-facts.js'
import { greyRow } from '../fact-row.js'

interface Shown {
  readonly cursor: string | null
  /** First that is shown. */
  readonly top: number
  readonly columns: number
  readonly rows: number
  readonly utcOffsetMinutes: number
}

/** Above the list: the folder, and the names of the columns. Below it: what replays the chosen one. */
export const SHELF_FRAME_ROWS = 3

/** The recordings in the folder, the one with the cursor marked, and the command that replays it. */
export function shelfRows({ folder, phase, because, recordings }: ShelfFacts, shown: Shown): readonly Row[] {
  const place = terminalSafe(folder, { maxWidth: 200 })
  if (phase === 'failed') return [greyRow(`recordings in ${place}: ${terminalSafe(because, { maxWidth: 200 })}`)]
  if (phase === 'looking') return [greyRow(`looking for recordings in ${place} …`)]
  if (recordings.length === 0) return [greyRow(`no recordings in ${place}`)]
  const chosen = recordings.find(({ name }) => name === shown.cursor) ?? recordings[0]
  const visible = recordings.slice(shown.top, shown.top + Math.max(1, shown.rows - SHELF_FRAME_ROWS))
  const nameWidth = nameWidthIn(recordings, shown.columns)
  return [
    greyRow(`${countText(recordings.length)} in ${place}`),
    ...visible.map((recording) => recordingRow(recording, { nameWidth, isChosen: recording === chosen, shown })),
    greyRow(''),
    ...(chosen ? [commandRow(chosen, shown.columns)] : []),
  ]
}

const STATES: Readonly<Record<ShelvedRecording['state'], { readonly sign: string; readonly style: Style }>> = {
  recording: { sign: '●', style: { colour: 'red' } },
  complete: { sign: '✓', style: { colour: 'green' } },
  interrupted: { sign: '!', style: { colour: 'yellow' } },
  unreadable: { sign: '✗', style: { colour: 'red' } },
}
/** Cursor, state, day and time, length, size. */
const FIXED_COLUMNS = 3 + 14 + 18 + 12 + 10
const LEAST_NAME = 12
/** Narrower, the command has the row for itself. */
const WORDY_COLUMNS = 70

function nameWidthIn(recordings: readonly ShelvedRecording[], columns: number): number {
  const longest = Math.max(...recordings.map(({ name }) => name.length))
  return Math.max(LEAST_NAME, Math.min(longest, 40, columns - FIXED_COLUMNS))
}

function recordingRow(
  { name, state, startedAt, lengthMs, bytes, dropped, problem }: ShelvedRecording,
  { nameWidth, isChosen, shown }: { readonly nameWidth: number; readonly isChosen: boolean; readonly shown: Shown },
): Row {
  const { sign, style } = STATES[state]
  const begun =
    startedAt === null ? '' : `${dateText(startedAt, shown.utcOffsetMinutes)} ${clockText(startedAt, shown.utcOffsetMinutes).slice(0, 5)}`
  const lost = dropped > 0 ? `  ${countText(dropped)} dropped` : ''
  return fitRow(
    [
      { text: isChosen ? ' ▸ ' : '   ', style: { colour: 'cyan', weight: 'bold' } },
      { text: fitWidth(terminalSafe(name, { maxWidth: 200 }), nameWidth), ...(isChosen ? { style: { field: 'reverse' } as const } : {}) },
      { text: ` ${sign} ${state.padEnd(11)}`, style },
      { text: ` ${begun.padEnd(16)} `, style: { colour: 'grey' } },
      { text: `${(lengthMs === null ? '' : elapsedText(lengthMs)).padStart(11)} ${sizeText(bytes).padStart(9)}` },
      { text: `${lost}${problem === null ? '' : `  ${terminalSafe(problem, { maxWidth: 200 })}`}`, style: { colour: 'yellow' } },
    ],
    shown.columns,
  )
}

function commandRow({ replayCommand }: ShelvedRecording, columns: number): Row {
  return [
    { text: columns < WORDY_COLUMNS ? ' $ ' : ' replay it with  ', style: { colour: 'grey' } },
    { text: terminalSafe(replayCommand, { maxWidth: 300 }), style: { weight: 'bold' } },
    { text: '   Enter copies that', style: { colour: 'grey' } },
  ]
}

/** `812 B`, `1.4 MB`: SI, as disks are sold. */
function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1] ?? ''}`
}
