import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const licenceFaults = {} as const satisfies Record<string, CatalogueEntry>
