import { custom } from '@oclif/core/flags'
import { Fault } from '../faults/fault.js'
import { whyNoSpeed } from '../readings/plausible-speed.js'

/** Rotations a minute that a shaft can make. */
export const speedFlag = custom<number>({
  helpValue: '<number>',
  parse: (text, _, { name }) => {
    const rpm = text.trim() === '' ? Number.NaN : Number(text)
    const why = whyNoSpeed(rpm)
    if (why === null) return Promise.resolve(rpm)
    throw new Fault('USAGE', {
      message: `--${name} ${text} is no speed of a shaft`,
      because: `${why}; it is given in rpm, of the shaft that the bearing sits on`,
      where: { flag: `--${name}` },
      advice: { help: `--${name} 1480` },
    })
  },
})
