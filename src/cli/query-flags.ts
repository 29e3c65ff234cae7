import { boolean, integer, option, string } from '@oclif/core/flags'
import { RESULT_FORMATS, type ResultFormat } from '../query/result-format.js'
import { durationFlag } from './duration-flag.js'

/** Which recordings are asked, within which bounds, and how the answer comes. */
export const queryFlags = {
  recording: string({ char: 'r', description: 'the folder of a recording; may be given again', multiple: true, helpValue: 'DIR' }),
  all: string({
    description: 'all recordings below a folder; without this and --recording: those below the current one',
    multiple: true,
    helpValue: 'ROOT',
  }),
  format: option({ options: RESULT_FORMATS, description: 'how to write the rows (default: table, or what --out ends in)' })(),
  out: string({ description: 'write to this file instead', helpValue: 'FILE' }),
  force: boolean({ description: 'replace the file of --out', dependsOn: ['out'] }),
  plot: boolean({ description: 'draw the numbers over time, a chart for each sensor', exclusive: ['format', 'out', 'json'] }),
  width: integer({ description: 'columns of the chart (default: those of the terminal)', min: 40, max: 1000 }),
  ascii: boolean({ description: 'draw in ASCII, without braille dots' }),
  timeout: durationFlag({ description: 'how long DuckDB may work on it', default: 60_000 }),
  'memory-mb': integer({ description: 'how much memory DuckDB may use', default: 1024, min: 64 }),
}

/** The parsed values of those that say how the answer comes. */
export interface QueryWishes {
  readonly format?: ResultFormat | undefined
  readonly out?: string | undefined
  readonly force: boolean
  readonly plot: boolean
  readonly width?: number | undefined
  readonly ascii: boolean
}
