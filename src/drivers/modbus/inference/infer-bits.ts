import type { Point } from '../../probe-report.js'
import { formatModbusAddress } from '../address.js'
import type { Target } from '../medium.js'
import { isBitTable } from '../register-type.js'
import type { SampledRange } from '../sample-ranges.js'

/** Coils and discrete inputs that are on, or changed while they were watched. The table itself settles what they are. */
export function inferBits(device: Target & { readonly unit: number }, sampled: readonly SampledRange[]): readonly Point[] {
  return sampled
    .filter(({ table }) => isBitTable(table))
    .flatMap(({ table, from, samples }) =>
      [...samples[0].keys()].flatMap((index): readonly Point[] => {
        const seen = samples.map((sample) => sample[index] ?? 0)
        if (seen.every((bit) => bit === 0)) return []
        const address = formatModbusAddress({
          ...device,
          table,
          register: from + index,
          type: 'boolean',
          order: 'abcd',
          scale: 1,
          offset: 0,
          bit: null,
          length: 1,
        })
        const hasChanged = new Set(seen).size > 1
        return [
          {
            address,
            name: null,
            kind: 'state',
            type: 'boolean',
            order: null,
            scale: 1,
            unit: null,
            value: seen.at(-1) === 1,
            confidence: 1,
            alternatives: [],
            evidence: hasChanged ? `a ${table} is one bit; it changed while watched` : `a ${table} is one bit`,
          },
        ]
      }),
    )
}
