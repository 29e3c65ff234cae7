import { displayWidth } from '../../output/display-width.js'
import { terminalSafe } from '../../output/terminal-safe.js'
import type { Moment } from '../live/condition.js'
import type { Line } from '../live/line-facts.js'
import { type LineStanding, lineLooks, lineStanding } from '../live/line-looks.js'
import type { Picture } from '../picture.js'
import { ageText, elapsedText } from '../rows/duration-text.js'
import { fitRow, spreadRow, widthOf } from '../rows/fit-row.js'
import { shortPath } from '../rows/short-path.js'
import { countText } from '../rows/steady-number.js'
import type { Row, Span } from '../rows/style.js'
import { replayWord } from '../views/recordings/replay-rows.js'

/** Who, how long; the connections; the counts. Fewer rows show the more important ones. */
export function headerView(picture: Picture, columns: number, rows: number): readonly Row[] {
  const all =
    rows >= 3 ? [titleRow(picture, columns), linesRow(picture, columns), countsRow(picture, columns)] : [titleRow(picture, columns)]
  return rows === 2 ? [...all, picture.recording ? countsRow(picture, columns) : linesRow(picture, columns)] : all
}

function titleRow(picture: Picture, columns: number): Row {
  const { screen, hasEnded, moment } = picture
  const state: Span = hasEnded
    ? { text: '■ ended', style: { colour: 'grey' } }
    : screen.drawing === 'held'
      ? { text: '⏸ held', style: { colour: 'yellow', weight: 'bold' } }
      : moment.mode === 'replay'
        ? { text: picture.work.replay ? replayWord(picture.work.replay) : '▶ replay', style: { colour: 'magenta' } }
        : { text: '▶ live', style: { colour: 'green' } }
  const end: Row = [state, { text: ` ${elapsedText(picture.elapsedMs)} ` }]
  const title = terminalSafe(picture.title, { maxWidth: columns })
  return spreadRow(
    [
      { text: ' chatterfix ', style: { weight: 'bold', field: 'reverse' } },
      { text: ` ${title}`, style: { weight: 'bold' } },
    ],
    end,
    columns,
  )
}

function linesRow(picture: Picture, columns: number): Row {
  const { lines } = picture.live
  const widthNeeded = lines.reduce((width, line) => width + line.name.length + 12, 0)
  if (lines.length > 1 && widthNeeded > columns) return fitRow([{ text: ' ' }, ...lineCounts(lines, picture.moment)], columns)
  return fitRow([{ text: ' ' }, ...lines.flatMap((line) => lineSpans(line, picture.moment))], columns)
}

/** Many connections: how many stand how, then the lost ones by name, as those are what one looks for. */
function lineCounts(lines: readonly Line[], moment: Moment): Row {
  const count = (standing: LineStanding): number => lines.filter((line) => lineStanding(line) === standing).length
  const lost = lines.filter((line) => line.state === 'lost')
  const waiting = count('waiting')
  const valueless = count('valueless')
  return [
    { text: `● ${count('live')} live  `, style: { colour: 'green' } },
    ...(valueless === 0 ? [] : [{ text: `~ ${valueless} live, no good value  `, style: { colour: 'yellow' } as const }]),
    ...(waiting === 0 ? [] : [{ text: `◌ ${waiting} waiting  `, style: { colour: 'grey' } as const }]),
    ...lost.flatMap((line) => lineSpans(line, moment)),
  ]
}

function lineSpans(line: Line, moment: Moment): Row {
  const { sign, style, word } = lineLooks(line)
  const name = { text: `${sign} ${terminalSafe(line.name, { maxWidth: 60 })} `, style }
  if (line.state !== 'lost') return [name, { text: `${word}   `, style: { colour: 'grey' } }]
  const since = ageText((moment.now - line.since) / 1000)
  return [name, { text: `lost ${since}: ${terminalSafe(line.cause, { maxWidth: 60 })}   `, style: { colour: 'red' } }]
}

function countsRow(picture: Picture, columns: number): Row {
  const { live, recording, ratePerS, elapsedMs } = picture
  const rate = ratePerS === null ? '' : ` (${countText(ratePerS)}/s)`
  const received: Span = { text: ` received ${countText(live.received)}${rate}  gaps ${countText(live.gaps)}` }
  const unshown: Row =
    live.unshown.size === 0 ? [] : [{ text: `  ${countText(live.unshown.size)} sensors not shown`, style: { colour: 'yellow' } }]
  if (!recording) return fitRow([received, ...unshown, { text: '   not recording', style: { colour: 'grey' } }], columns)
  const { path, tally, flushIntervalMs } = recording
  // Blinking would cost bytes on a slow line; a sign that alternates once a second shows life as well.
  const sign: Span = {
    text: ' ● REC ',
    style: { colour: 'red', weight: elapsedMs % 2000 < 1000 || picture.bandwidth === 'low' ? 'bold' : 'dim' },
  }
  const taken = tally.stored + tally.buffered + tally.dropped
  const dropped: Span = {
    text: ` + ${countText(tally.dropped)} dropped`,
    ...(tally.dropped > 0 ? { style: { colour: 'red', weight: 'bold' } as const } : {}),
  }
  const law: Row = [
    { text: `${countText(taken)} taken = ${countText(tally.stored)} stored + ${countText(tally.buffered)} in flight` },
    dropped,
  ]
  const flush: Span = { text: ` flushed every ${flushText(flushIntervalMs)}`, style: { colour: 'grey' } }
  const told: Row = [sign, ...law, { text: `  gaps ${countText(live.gaps)}` }, ...unshown]
  const room = columns - widthOf(told) - BESIDE_PATH
  const shown = terminalSafe(path, { maxWidth: 300 })
  const place = (width: number): Span => ({ text: `  ${shortPath(shown, Math.max(LEAST_PATH, width))} `, style: { colour: 'cyan' } })
  // How often it is flushed goes first: where it is recorded matters more.
  const withFlush = room - displayWidth(flush.text)
  return fitRow(
    withFlush >= Math.min(displayWidth(shown), LEAST_PATH) ? [...told, place(withFlush), flush] : [...told, place(room)],
    columns,
  )
}

/** Blanks around the path. */
const BESIDE_PATH = 3
const LEAST_PATH = 8

function flushText(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Number((ms / 1000).toFixed(1))} s`
}
