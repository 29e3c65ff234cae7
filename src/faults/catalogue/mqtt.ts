import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const mqttFaults = {} as const satisfies Record<string, CatalogueEntry>
