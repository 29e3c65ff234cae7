import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const commissioningFaults = {
  COMMISSIONING_INVALID: {
    exitCode: EXIT.data,
    meaning: 'the file that keeps what was commissioned has a line that nobody can read',
    advice: ['look at that line; nothing in the file is ever changed by us, only added: {file}'],
  },
} as const satisfies Record<string, CatalogueEntry>
