import { custom } from '@oclif/core/flags'
import { Fault } from '../faults/fault.js'

/** A flag such as `--speed 1797.5`. */
export const positiveNumberFlag = custom<number>({
  helpValue: '<number>',
  parse: (text, _, { name }) => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isFinite(value) && value > 0) return Promise.resolve(value)
    throw new Fault('USAGE', {
      message: `--${name} ${text} is no number above 0`,
      because: 'expected digits with at most one decimal point',
      advice: { help: `--${name} 1500` },
    })
  },
})
