import type { DashboardLooks } from '../dashboard/dashboard-options.js'

type Environment = Readonly<Record<string, string | undefined>>

/** What somebody asked for; what is missing is found out from the environment. */
export interface LooksWishes {
  readonly colours?: string | undefined
  readonly theme?: string | undefined
  readonly ascii?: boolean | undefined
  readonly mouse?: boolean | undefined
}

/** Backgrounds of COLORFGBG (rxvt, Konsole) that are light: white, and the bright colours but dark grey. */
const LIGHT_FIELDS = new Set(['7', '9', '10', '11', '12', '13', '14', '15'])
/** Terminals whose fonts have neither our signs nor braille. */
const PLAIN_TERMINALS = /^(linux|vt\d+|ansi|cons25|sun)\b/

/** How the dashboard is to look on a terminal: by flag, else by NO_COLOR, TERM, COLORTERM, COLORFGBG and the locale. */
export function terminalLooks(wishes: LooksWishes, env: Environment): DashboardLooks {
  return {
    palette: paletteOf(wishes, env),
    signs: (wishes.ascii ?? isAsciiOnly(env)) ? 'ascii' : 'unicode',
    mouse: wishes.mouse === false ? 'off' : 'on',
  }
}

function paletteOf(wishes: LooksWishes, env: Environment): DashboardLooks['palette'] {
  const { colours = 'auto', theme = 'auto' } = wishes
  if (colours === 'none' || (colours === 'auto' && (env['NO_COLOR'] ?? '') !== '')) return 'attributes'
  const field = fieldOf(theme, env)
  if (colours === '256' || colours === 'true') return `${colours}-${field}`
  const isNamed = colours === 'auto' && hasManyColours(env) && (field === 'light' || theme !== 'auto')
  // The terminal's own colours follow its theme and cost the fewest bytes; only on a light field nobody can read their yellow.
  return isNamed ? `256-${field}` : 'colour'
}

function fieldOf(theme: string, env: Environment): 'dark' | 'light' {
  if (theme === 'dark' || theme === 'light') return theme
  return LIGHT_FIELDS.has(env['COLORFGBG']?.split(';').at(-1) ?? '') ? 'light' : 'dark'
}

function hasManyColours(env: Environment): boolean {
  return (env['TERM'] ?? '').includes('256color') || (env['COLORTERM'] ?? '') !== ''
}

/** Where nobody states a character set, today's terminals have UTF-8. */
function isAsciiOnly(env: Environment): boolean {
  if (PLAIN_TERMINALS.test(env['TERM'] ?? '')) return true
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '')
  return locale !== undefined && !/utf-?8/i.test(locale)
}
