import type { WorkWish } from '../actions/work-wish.js'
import { conditionOf } from '../live/condition.js'
import type { Picture } from '../picture.js'
import { steadyNumber } from '../rows/steady-number.js'
import { replayTime } from '../views/recordings/replay-time.js'
import type { Command } from './command.js'
import type { DashboardState } from './dashboard-state.js'
import type { ScreenOutcome } from './screen-outcome.js'
import { showView } from './show-view.js'

/** Commands that do work: record, replay, write, copy, keep. What they need to know of the plant is in the last picture. */
export function workCommands(picture: WorkPicture): readonly Command[] {
  const { position = null } = picture.work.replay ?? {}
  return [
    {
      name: 'record',
      argument: 'DIR',
      about: 'record from now on, into a new folder',
      run: (screen, folder) =>
        done(showView(screen, 'recordings'), { wish: 'begin-recording', folder: folder || (picture.work.recorder?.proposal ?? '') }),
    },
    { name: 'end-recording', about: 'end the recording that was begun here', run: (screen) => done(screen, { wish: 'end-recording' }) },
    {
      name: 'speed',
      argument: 'N',
      about: 'replay: recorded seconds per second, or max',
      run: (screen, text) => {
        const speed = text === 'max' ? 'max' : Number(text)
        if (speed !== 'max' && !(speed > 0 && Number.isFinite(speed))) return said(screen, 'a number above 0, or max')
        return done(screen, { wish: 'replay-speed', speed })
      },
    },
    {
      name: 'goto',
      argument: 'TIME',
      about: 'replay: go to a time, e.g. 14:03:07, +30s or -5m',
      run: (screen, text) => {
        const at = position === null ? null : replayTime(text, { position, utcOffsetMinutes: picture.utcOffsetMinutes })
        return at === null
          ? said(screen, position === null ? 'nothing is being replayed' : 'a time such as 14:03:07, +30s or -5m')
          : done(screen, { wish: 'replay-from', at })
      },
    },
    { name: 'write-value', argument: 'VALUE', about: 'read and show what a write to the selected sensor would change', run: draft },
    {
      name: 'copy',
      about: 'the value of the selected sensor into the clipboard of the terminal (OSC 52)',
      run: (screen) => copied(screen, picture),
    },
    {
      name: 'snapshot',
      argument: 'FILE',
      about: 'keep the screen as a picture (.png, .svg) or as text',
      run: (screen, file) => kept(screen, 'screen', file || `screen-${stamp(picture)}.png`),
    },
    {
      name: 'export',
      argument: 'FILE',
      about: 'keep everything that the focused view lists, as text',
      run: (screen, file) => kept(screen, 'pane', file || `view-${stamp(picture)}.txt`),
    },
  ]
}

export type WorkPicture = Pick<Picture, 'work' | 'live' | 'moment' | 'utcOffsetMinutes'>

function draft(screen: DashboardState, text: string): ScreenOutcome {
  const value = Number(text)
  if (text === '' || !Number.isFinite(value)) return said(screen, 'a number, e.g. 42.5')
  return screen.selected === null
    ? said(screen, 'no sensor is selected')
    : done(showView(screen, 'write'), { wish: 'draft-write', sensor: screen.selected, value })
}

/** As it is shown, with its unit; never a value that is not there. */
function copied(screen: DashboardState, { live, moment }: WorkPicture): ScreenOutcome {
  const row = live.indexOf.get(screen.selected ?? '')
  if (row === undefined) return said(screen, 'no sensor is selected')
  const { level, reason } = conditionOf(live, row, moment)
  if (level === 'bad' || level === 'waiting') return said(screen, `nothing to copy: ${reason}`)
  const history = { magnitude: live.magnitude[row] ?? 0, values: live.fractional[row] === 1 ? 'fractional' : 'whole' } as const
  const text = live.texts[row] ?? steadyNumber(live.value[row] ?? Number.NaN, history).replace('−', '-')
  const unit = live.units[row] ?? ''
  return done(screen, { wish: 'copy', text: unit === '' ? text : `${text} ${unit}` })
}

function kept(screen: DashboardState, what: 'screen' | 'pane', file: string): ScreenOutcome {
  return done(screen, { wish: 'keep', what, file })
}

/** `20261122T120020`, for the name of a file. */
function stamp({ moment }: WorkPicture): string {
  return new Date(moment.now / 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
}

function done(screen: DashboardState, work: WorkWish): ScreenOutcome {
  return { screen, action: { kind: 'work', work } }
}

function said(screen: DashboardState, text: string): ScreenOutcome {
  return { screen, action: { kind: 'say', text } }
}
