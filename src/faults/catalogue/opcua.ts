import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const opcuaFaults = {} as const satisfies Record<string, CatalogueEntry>
