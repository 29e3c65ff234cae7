import { custom } from '@oclif/core/flags'
import { Fault } from '../faults/fault.js'

export interface Range {
  readonly low: number
  readonly high: number
}

/** A flag such as `--speed-range 600-2400`. */
export const rangeFlag = custom<Range>({
  helpValue: '<low-high>',
  parse: (text, _, { name }) => Promise.resolve(parseRange(text, { flag: name, example: '600-2400' })),
})

/** Two numbers, the lower one first. @throws Fault USAGE */
export function parseRange(text: string, { flag, example }: { readonly flag: string; readonly example: string }): Range {
  const [, low, high] = /^(\d*\.?\d+)-(\d*\.?\d+)$/.exec(text.trim()) ?? []
  if (low !== undefined && high !== undefined && Number(low) < Number(high)) return { low: Number(low), high: Number(high) }
  throw new Fault('USAGE', {
    message: `--${flag} ${text} is no range`,
    because: 'expected two numbers, the lower one first',
    advice: { help: `--${flag} ${example}` },
  })
}
