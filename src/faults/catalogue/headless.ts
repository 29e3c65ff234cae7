import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const headlessFaults = {
  STATUS_PLACE_UNUSABLE: {
    exitCode: EXIT.permission,
    meaning: 'the file or socket for the status of a recorder is in use or cannot be written',
    advice: ['ls -l {folder}', 'chatterfix record … --status ANOTHER_FILE'],
  },
} as const satisfies Record<string, CatalogueEntry>
