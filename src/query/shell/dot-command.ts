import { parseDurationMs } from '../../readings/time.js'
import { RESULT_FORMATS, type ResultFormat } from '../result-format.js'

/** What a line that begins with a dot asks for. */
export type DotCommand =
  | { readonly kind: 'help' | 'views' | 'quit' }
  | { readonly kind: 'format'; readonly format: ResultFormat }
  | { readonly kind: 'plot'; readonly sql: string }
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'wrong'; readonly message: string }

const TEXT_FORMATS = RESULT_FORMATS.filter((format) => format !== 'parquet')

export const DOT_COMMANDS: readonly string[] = [
  '.help',
  '.views',
  ...TEXT_FORMATS.map((format) => `.format ${format}`),
  '.plot',
  '.timeout',
  '.quit',
]

export const DOT_HELP = `statements end with ;  ·  Tab completes views, columns, words and sensors  ·  Ctrl-C stops a query, Ctrl-D leaves
.views                 what can be selected from, with its columns
.format ${TEXT_FORMATS.join('|')}   how rows are shown
.plot [SELECT …]       draw a query, or the last one
.timeout 30s           how long a query may take
.quit                  leave`

/** Reads such a line. */
export function parseDotCommand(line: string): DotCommand {
  const [, name = '', rest = ''] = /^\.(\S*)\s*([\s\S]*?);?\s*$/.exec(line) ?? []
  switch (name) {
    case 'help':
    case 'views':
    case 'quit':
      return { kind: name }
    case 'exit':
      return { kind: 'quit' }
    case 'plot':
      return { kind: 'plot', sql: rest }
    case 'format': {
      const format = TEXT_FORMATS.find((each) => each === rest)
      return format === undefined ? { kind: 'wrong', message: `.format ${TEXT_FORMATS.join(' | ')}` } : { kind: 'format', format }
    }
    case 'timeout': {
      const timeoutMs = parseDurationMs(rest)
      if (timeoutMs === undefined || timeoutMs <= 0) return { kind: 'wrong', message: '.timeout 30s, 500ms, 5m, 2h' }
      return { kind: 'timeout', timeoutMs }
    }
    default:
      return { kind: 'wrong', message: `there is no .${name}; .help tells what there is` }
  }
}
