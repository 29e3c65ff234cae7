import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const serialFaults = {
  PORT_NOT_FOUND: {
    exitCode: EXIT.unreachable,
    meaning: 'there is no such serial port: unplugged, or under another name',
    advice: ['chatterfix discover serial', 'plug the adapter in again'],
  },
  PORT_PERMISSION: {
    exitCode: EXIT.permission,
    meaning: 'the serial port is there, but this user may not open it',
    advice: ['{remedy}', 'chatterfix discover serial'],
  },
  PORT_IN_USE: {
    exitCode: EXIT.unreachable,
    meaning: 'another program has the serial port open',
    advice: ['{remedy}', 'chatterfix discover serial'],
  },
  PORT_REFUSED: {
    exitCode: EXIT.unreachable,
    meaning: 'the serial port could not be opened or set up (not a serial port, or a setting that it does not know)',
    advice: ['chatterfix discover serial'],
  },
} as const satisfies Record<string, CatalogueEntry>
