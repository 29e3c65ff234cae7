import { boolean, string } from '@oclif/core/flags'

/** How the dashboard looks and what it shows at first. */
export const screenFlags = {
  filter: string({ description: 'what the table of sensors shows at first, e.g. "pump unit:mm/s"', helpValue: 'TEXT' }),
  layout: string({
    description: 'which panes: a name (overview, technician, operations, executive… or one of yours), or a file',
    helpValue: 'NAME|FILE',
  }),
  'low-bandwidth': boolean({ description: 'a frame a second and slower charts, for slow lines' }),
}

/** What the dashboard is told of it. */
export interface ScreenWishes {
  readonly bandwidth: 'normal' | 'low'
  readonly filter?: string
  readonly layout?: string
}

/** The parsed values of `screenFlags`. */
export interface ScreenFlags {
  readonly filter?: string | undefined
  readonly layout?: string | undefined
  readonly 'low-bandwidth': boolean
}

export function screenWishes(flags: ScreenFlags): ScreenWishes {
  const { filter, layout } = flags
  const bandwidth = flags['low-bandwidth'] ? 'low' : 'normal'
  return { bandwidth, ...(filter === undefined ? {} : { filter }), ...(layout === undefined ? {} : { layout }) }
}
