import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const modbusFaults = {
  MODBUS_NO_RESPONSE: {
    exitCode: EXIT.unreachable,
    meaning: 'the Modbus host is there, but this unit did not answer in time',
    advice: ['chatterfix discover {line}', 'chatterfix probe {address} --timeout 5s'],
  },
  MODBUS_UNIT_ABSENT: {
    exitCode: EXIT.unreachable,
    meaning: 'the gateway says that it cannot reach this unit (exception 0x0A or 0x0B)',
    advice: ['chatterfix discover {line}'],
  },
  MODBUS_ADDRESS: {
    exitCode: EXIT.usage,
    meaning: 'the unit says that it has no such register (exception 0x01, 0x02 or 0x03)',
    advice: ['chatterfix probe {device}'],
  },
  MODBUS_EXCEPTION: {
    exitCode: EXIT.unreachable,
    meaning: 'the unit answered with an exception instead of values',
    advice: ['chatterfix probe {device}'],
  },
  MODBUS_MALFORMED: {
    exitCode: EXIT.unreachable,
    meaning: 'the unit answered with bytes that are no valid Modbus reply',
    advice: ['chatterfix probe {device} --timeout 5s'],
  },
  MODBUS_HINT: {
    exitCode: EXIT.usage,
    meaning: 'a hint about a value of the device cannot be understood',
    advice: ['--hint {example}', "--hint 'reads 23.4 °C on the display'", '--hint 40011=x0.1'],
  },
  MODBUS_FOREIGN: {
    exitCode: EXIT.unreachable,
    meaning: 'the port is open, but what listens there does not speak Modbus TCP',
    advice: ['chatterfix discover {host}'],
  },
} as const satisfies Record<string, CatalogueEntry>
