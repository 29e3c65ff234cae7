import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const plantFaults = {} as const satisfies Record<string, CatalogueEntry>
