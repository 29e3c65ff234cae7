import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const analysisFaults = {} as const satisfies Record<string, CatalogueEntry>
