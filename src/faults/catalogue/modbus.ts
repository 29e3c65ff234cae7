import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const modbusFaults = {} as const satisfies Record<string, CatalogueEntry>
