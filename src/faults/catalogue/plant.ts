import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const plantFaults = {
  PLANT_FAULT_UNKNOWN: {
    exitCode: EXIT.usage,
    meaning: 'the embedded plant has no such fault on demand',
    advice: ['chatterfix simulate --fault {known}', 'chatterfix simulate --help'],
  },
  PLANT_PORT_TAKEN: {
    exitCode: EXIT.unreachable,
    meaning: 'a port that the embedded plant was told to use is taken',
    advice: ['chatterfix simulate --{flag} 0'],
  },
  PLANT_SERVER_FAILED: {
    exitCode: EXIT.unreachable,
    meaning: 'one of the embedded plant’s servers did not start',
    advice: ['chatterfix doctor', 'chatterfix simulate --modbus 0 --mqtt 0 --opcua 0'],
  },
} as const satisfies Record<string, CatalogueEntry>
