import { custom } from '@oclif/core/flags'
import type { FrequencyBand } from '../analysis/bearing/envelope-spectrum.js'
import { Fault } from '../faults/fault.js'

/** A flag such as `--band 2000-4000`, Hz. */
export const bandFlag = custom<FrequencyBand>({
  helpValue: '<low-high>',
  parse: (text, _, { name }) => {
    const [, low, high] = /^(\d*\.?\d+)-(\d*\.?\d+)$/.exec(text.trim()) ?? []
    if (low !== undefined && high !== undefined && Number(low) < Number(high))
      return Promise.resolve({ lowHz: Number(low), highHz: Number(high) })
    throw new Fault('USAGE', {
      message: `--${name} ${text} is no band`,
      because: 'expected two frequencies in Hz, the lower one first',
      advice: { help: `--${name} 2000-4000` },
    })
  },
})
