import { custom } from '@oclif/core/flags'
import { Fault } from '../faults/fault.js'

/** A share of critical damping, from 0 to below 1: `--damping 0.05` is Q = 10. */
export const dampingFlag = custom<number>({
  helpValue: '<share>',
  parse: (text, _, { name }) => {
    const value = Number(text)
    if (text.trim() !== '' && value >= 0 && value < 1) return Promise.resolve(value)
    throw new Fault('USAGE', {
      message: `--${name} ${text} does not oscillate`,
      because: 'expected a share of critical damping from 0 to below 1',
      advice: { help: `--${name} 0.05` },
    })
  },
})
