import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const driverFaults = {
  ADDRESS_INVALID: {
    exitCode: EXIT.usage,
    meaning: 'an address cannot be understood',
    advice: ['chatterfix discover {scope}', 'for example: {example}'],
  },
  SCHEME_UNKNOWN: { exitCode: EXIT.usage, meaning: 'no driver knows this kind of address', advice: ['for example: {example}'] },
  HOST_UNREACHABLE: {
    exitCode: EXIT.unreachable,
    meaning: 'the host cannot be reached or found',
    advice: ['ping {host}', 'chatterfix discover {host}'],
  },
  PORT_CLOSED: {
    exitCode: EXIT.unreachable,
    meaning: 'the host answers, but nothing listens on this port',
    advice: ['chatterfix discover {host}'],
  },
  CONNECTION_LOST: { exitCode: EXIT.unreachable, meaning: 'the line broke while it was in use', advice: ['chatterfix probe {address}'] },
  NO_DATA: {
    exitCode: EXIT.unreachable,
    meaning: 'connected, but no value came in time',
    advice: ['chatterfix read {address} --timeout 30s'],
  },
  DRIVER_ABILITY_MISSING: { exitCode: EXIT.usage, meaning: 'this driver cannot do that', advice: ['chatterfix probe {address}'] },
} as const satisfies Record<string, CatalogueEntry>
