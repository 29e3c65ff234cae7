import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const sinkFaults = {
  SINK_ADDRESS_INVALID: {
    exitCode: EXIT.usage,
    meaning: 'what stands behind --to is no address of a place to send to',
    advice: ['chatterfix record … --to {example}'],
  },
  SINK_SECRET_IN_ADDRESS: {
    exitCode: EXIT.usage,
    meaning: 'a password or token stands in an address, where every user of this machine can read it',
    advice: ['set {variable} in the environment and leave it out of the address'],
  },
  SINK_SPOOL_UNUSABLE: {
    exitCode: EXIT.data,
    meaning: 'what waits for a far end cannot be kept on the disk',
    advice: ['ls -l {folder}', 'df -h {folder}'],
  },
  SINK_PORT_UNUSABLE: {
    exitCode: EXIT.permission,
    meaning: 'the port for others to ask on is in use, or may not be opened',
    advice: ['choose another port: --to {example}'],
  },
} as const satisfies Record<string, CatalogueEntry>
