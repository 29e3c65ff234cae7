import { custom } from '@oclif/core/args'
import { Fault } from '../faults/fault.js'

const WORDS: Readonly<Record<string, number>> = { on: 1, off: 0, true: 1, false: 0 }

/** A value on the command line: a finite number, or on and off. */
export const numberArg = custom<number>({
  parse: (text) => {
    const value = WORDS[text] ?? (text.trim() === '' ? Number.NaN : Number(text))
    if (Number.isFinite(value)) return Promise.resolve(value)
    throw new Fault('USAGE', {
      message: `'${text}' is no value`,
      because: 'expected a number, on or off',
      advice: { help: 'chatterfix write --help' },
    })
  },
})
