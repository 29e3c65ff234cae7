import { custom } from '@oclif/core/flags'
import { Fault } from '../faults/fault.js'
import { type EpochMicros, parseMicros } from '../readings/time.js'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MINUTE_WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}$/
const SECOND_WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?$/

/** A flag such as `--from 2026-11-22T15:00:00Z`; a day is its first moment, a clock without zone is UTC. */
export const timeFlag = custom<EpochMicros>({
  helpValue: '<2026-11-22T15:00:00Z>',
  parse: (text, _, { name }) => {
    const at = parseMicros(completed(text.trim()))
    if (at !== undefined) return Promise.resolve(at)
    throw new Fault('USAGE', {
      message: `--${name} ${text} is no time`,
      because: 'expected a day, or a day and a clock in UTC or with its zone, such as 2026-11-22T15:00:00Z or 2026-11-22T16:00:00+01:00',
      advice: { help: `--${name} 2026-11-22T15:00:00Z` },
    })
  },
})

function completed(text: string): string {
  if (DAY.test(text)) return `${text}T00:00:00Z`
  if (MINUTE_WITHOUT_ZONE.test(text)) return `${text}:00Z`
  return SECOND_WITHOUT_ZONE.test(text) ? `${text}Z` : text
}
