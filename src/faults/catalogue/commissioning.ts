import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const commissioningFaults = {
  COMMISSIONING_INVALID: {
    exitCode: EXIT.data,
    meaning: 'the file that keeps what was commissioned has a line that nobody can read',
    advice: ['look at that line; nothing in the file is ever changed by us, only added: {file}'],
  },
  SENSORS_UNSIGNED: {
    exitCode: EXIT.no,
    meaning: 'signatures were demanded, and nobody signed some sensors since they were last changed',
    advice: ['chatterfix watch --site {file} --layout commissioning', 'chatterfix commissioning report --site {file}'],
  },
} as const satisfies Record<string, CatalogueEntry>
