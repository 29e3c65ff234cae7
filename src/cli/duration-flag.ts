import { custom } from '@oclif/core/flags'
import { Fault } from '../faults/fault.js'
import { formatDurationMs, parseDurationMs } from '../readings/time.js'

/** A flag such as `--for 30s`, in milliseconds. */
export const durationFlag = custom<number>({
  helpValue: '<30s|500ms|2h>',
  defaultHelp: ({ options: { default: ms } }) => Promise.resolve(typeof ms === 'number' ? formatDurationMs(ms) : ''),
  parse: (text, _, { name }) => {
    const ms = parseDurationMs(text)
    if (ms !== undefined && ms > 0) return Promise.resolve(ms)
    throw new Fault('USAGE', {
      message: `--${name} ${text} is no duration`,
      because: 'expected a number and a unit, such as 500ms, 30s, 5m, 2h; without a unit it is seconds',
      advice: { help: `--${name} 30s` },
    })
  },
})
