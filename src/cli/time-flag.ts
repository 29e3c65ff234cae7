import { custom } from '@oclif/core/flags'
import { Fault } from '../faults/fault.js'
import { type EpochMicros, parseMicros } from '../readings/time.js'

/** A flag such as `--from 2026-11-22T15:00:00Z`. */
export const timeFlag = custom<EpochMicros>({
  helpValue: '<2026-11-22T15:00:00Z>',
  parse: (text, _, { name }) => {
    const at = parseMicros(text)
    if (at !== undefined) return Promise.resolve(at)
    throw new Fault('USAGE', {
      message: `--${name} ${text} is no time`,
      because: 'expected RFC 3339 with its zone, such as 2026-11-22T15:00:00Z or 2026-11-22T16:00:00+01:00',
      advice: { help: `--${name} 2026-11-22T15:00:00Z` },
    })
  },
})
