import { custom } from '@oclif/core/flags'
import { Fault } from '../faults/fault.js'
import { parseDurationMs } from '../readings/time.js'

const SHORTEST_MS = 100
const LONGEST_MS = 60_000
export const DEFAULT_FLUSH_MS = 1000

/** `--flush 5s`: how much a kill or a power cut may cost. In milliseconds. */
export const flushFlag = custom<number>({
  helpValue: '<100ms…60s>',
  default: DEFAULT_FLUSH_MS,
  defaultHelp: () => Promise.resolve('1s'),
  parse: (text) => {
    const ms = parseDurationMs(text)
    if (ms !== undefined && ms >= SHORTEST_MS && ms <= LONGEST_MS) return Promise.resolve(ms)
    throw new Fault('USAGE', {
      message: `--flush ${text} is no interval to flush at`,
      because: 'expected a duration from 100ms to 60s: shorter wears out disks, longer loses more than a minute',
      advice: { help: '--flush 1s' },
    })
  },
})
