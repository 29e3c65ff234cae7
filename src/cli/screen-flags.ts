import process from 'node:process'
import { boolean, string } from '@oclif/core/flags'
import type { DashboardLooks } from '../dashboard/dashboard-options.js'
import { terminalLooks } from './terminal-looks.js'

/** How the dashboard looks and what it shows at first. */
export const screenFlags = {
  filter: string({ description: 'what the table of sensors shows at first, e.g. "pump unit:mm/s"', helpValue: 'TEXT' }),
  layout: string({
    description: 'which panes: a name (overview, technician, operations, executive… or one of yours), or a file',
    helpValue: 'NAME|FILE',
  }),
  'low-bandwidth': boolean({
    description: 'a frame a second and slower charts; without it a line that turns out to be slow gets the same',
  }),
  colours: string({
    description: 'none, the 16 of the terminal, 256, or true; auto goes by NO_COLOR, TERM and COLORTERM',
    options: ['auto', 'none', '16', '256', 'true'],
    default: 'auto',
  }),
  theme: string({
    description: 'what the background is; auto goes by COLORFGBG where the terminal sets it',
    options: ['auto', 'dark', 'light'],
    default: 'auto',
  }),
  ascii: boolean({ description: 'no sign beyond ASCII; so without it where TERM or the locale ask for that', allowNo: true }),
  mouse: boolean({ description: 'clicks choose and the wheel scrolls; then Shift selects text', allowNo: true, default: true }),
  'screen-reader': boolean({ description: 'sentences instead of a screen: what changes, and what you ask for' }),
}

/** What the dashboard is told of it. */
export interface ScreenWishes {
  readonly bandwidth: 'normal' | 'low'
  readonly filter?: string
  readonly layout?: string
  readonly looks?: DashboardLooks
  readonly face?: 'screen' | 'lines'
}

/** The parsed values of `screenFlags`. */
export interface ScreenFlags {
  readonly filter?: string | undefined
  readonly layout?: string | undefined
  readonly 'low-bandwidth': boolean
  readonly colours: string
  readonly theme: string
  readonly ascii?: boolean | undefined
  readonly mouse: boolean
  readonly 'screen-reader': boolean
}

export function screenWishes(flags: ScreenFlags): ScreenWishes {
  const { filter, layout } = flags
  const looks = terminalLooks(flags, process.env)
  return {
    bandwidth: flags['low-bandwidth'] ? 'low' : 'normal',
    looks,
    face: flags['screen-reader'] ? 'lines' : 'screen',
    ...(filter === undefined ? {} : { filter }),
    ...(layout === undefined ? {} : { layout }),
  }
}
