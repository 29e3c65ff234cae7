import { custom } from '@oclif/core/flags'
import type { FrequencyBand } from '../analysis/bearing/envelope-spectrum.js'
import { parseRange } from './range-flag.js'

/** A flag such as `--band 2000-4000`, Hz. */
export const bandFlag = custom<FrequencyBand>({
  helpValue: '<low-high>',
  parse: (text, _, { name }) => {
    const { low, high } = parseRange(text, { flag: name, example: '2000-4000' })
    return Promise.resolve({ lowHz: low, highHz: high })
  },
})
