import process from 'node:process'
import { createInterface } from 'node:readline'
import { performAction } from '../actions/perform-action.js'
import type { DashboardEnd, DashboardOptions } from '../dashboard-options.js'
import type { Moment } from '../live/condition.js'
import { announce, NOTHING_SAID } from './announcements.js'
import { answerLine, SPOKEN_HELP } from './answer-line.js'

const LOOK_EVERY_MS = 1000

/**
 * The dashboard for a screen reader or a braille line: sentences, one after the other, on the terminal as it is. Says what changes, answers what is
 * typed, and never moves the cursor.
 */
export async function speakDashboard(options: DashboardOptions): Promise<DashboardEnd> {
  const { store, title, signal } = options
  const { stdin, stdout } = options.terminal ?? process
  const ended = Promise.withResolvers<DashboardEnd>()
  const say = (lines: readonly string[]): void => {
    if (lines.length > 0) stdout.write(`${lines.join('\n')}\n`)
  }
  const momentNow = (): Moment => ({ now: store.now(), mode: store.isReplay() ? 'replay' : 'live' })
  const reader = createInterface({ input: stdin })
  const onAbort = (): void => ended.resolve('aborted')
  const onGone = (): void => ended.resolve('terminal-gone')
  reader.on('line', (typed) => {
    if (typed.trim() === 'q') ended.resolve('quit')
    else if (typed.trim() === 'm') {
      const done = performAction(
        { kind: 'mark', text: 'marked by hand' },
        { store, abilities: options.abilities ?? {}, say: (text) => say([text]) },
      )
      say(done === null ? [] : [done])
    } else say(answerLine(typed, store.live, momentNow()))
  })
  reader.on('close', onGone)
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) onAbort()
  say([`watching ${title}`, ...SPOKEN_HELP])
  let said = NOTHING_SAID
  const timer = setInterval(() => {
    const news = announce(said, store.live, momentNow())
    said = news.said
    say(news.lines)
  }, LOOK_EVERY_MS)
  try {
    return await ended.promise
  } finally {
    clearInterval(timer)
    signal.removeEventListener('abort', onAbort)
    reader.off('close', onGone)
    reader.close()
    ;(stdin as { unref?(): unknown }).unref?.()
  }
}
