import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const recordingFaults = {} as const satisfies Record<string, CatalogueEntry>
