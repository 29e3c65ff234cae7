import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const layoutFaults = {
  LAYOUT_UNKNOWN: {
    exitCode: EXIT.usage,
    meaning: 'no layout of the dashboard has that name',
    advice: ['chatterfix watch … --layout {layout}', 'chatterfix layouts list'],
  },
  LAYOUT_INVALID: {
    exitCode: EXIT.usage,
    meaning: 'a file holds no layout of the dashboard',
    advice: ['save it afresh: chatterfix watch, then L and s', 'chatterfix layouts list'],
  },
} as const satisfies Record<string, CatalogueEntry>
